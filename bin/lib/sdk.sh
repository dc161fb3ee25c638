# Sourced. The .NET 10 SDK, or clear words; and builds that leave no process behind.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Build nodes and compiler servers would outlive the script that started them.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false

require_sdk() {
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "Latchkey needs the .NET 10 SDK, and no 'dotnet' with it is on the PATH: https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    exit 1
  fi
}
