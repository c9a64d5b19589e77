@echo off
rem Pure ASCII: the same under any code page. The menu itself speaks Chinese.
chcp 65001 >nul
cd /d "%~dp0"
set "PROGRAM=%LOCALAPPDATA%\shuoming\program\Scripts"
if exist "%PROGRAM%\shuoming.exe" set "PATH=%PROGRAM%;%PATH%"
where shuoming >nul 2>nul
if errorlevel 1 for %%f in (*.txt) do start "" notepad "%%f"
if errorlevel 1 exit /b 1
shuoming menu
if errorlevel 1 pause
