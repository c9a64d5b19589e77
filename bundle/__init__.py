"""Offline bundles (离线安装包): the program and all it needs for a computer without the internet. ``make bundle``."""
