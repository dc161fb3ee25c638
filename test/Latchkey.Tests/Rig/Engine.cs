namespace Latchkey.Tests.Rig;

internal enum Engine
{
    Sqlite,
    Postgres,
}
