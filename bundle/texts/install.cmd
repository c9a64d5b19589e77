@echo off
rem Pure ASCII: the same under any code page. install.py says the rest, in Chinese.
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHON="
for %%v in (3.13 3.12 3.11) do if not defined PYTHON (py -%%v -c "import venv, ensurepip" >nul 2>nul && set "PYTHON=py -%%v")
if not defined PYTHON (python -c "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PYTHON=python")
if not defined PYTHON (
    echo Python 3.11, 3.12 or 3.13 was not found. See the .txt file in this folder.
    for %%f in (*.txt) do if not "%%f"=="requirements.txt" start "" notepad "%%f"
    pause
    exit /b 1
)
%PYTHON% install.py %*
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%
