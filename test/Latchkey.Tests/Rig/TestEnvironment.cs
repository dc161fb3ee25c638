namespace Latchkey.Tests.Rig;

/// <summary>What bin/test started, read from the variables it sets. What is missing skips the test that asks for it.</summary>
internal static class TestEnvironment
{
    public static Engine Engine => Read("LATCHKEY_TEST_ENGINE") switch
    {
        null or "sqlite" => Engine.Sqlite,
        "postgres" => Engine.Postgres,
        var other => throw new InvalidOperationException($"LATCHKEY_TEST_ENGINE is '{other}': sqlite or postgres."),
    };

    /// <summary>An administrator's connection string without a database.</summary>
    public static string Postgres => Required("LATCHKEY_TEST_POSTGRES", "a PostgreSQL server");

    public static PostfixServer Postfix => PostfixServer.Parse(Required("LATCHKEY_TEST_POSTFIX", "a Postfix server"));

    public static string Chromium => Required("LATCHKEY_TEST_CHROMIUM", "Chromium");

    /// <summary>The folder that screenshots go to; none are written without it.</summary>
    public static string? Screens => Read("LATCHKEY_SCREENS");

    static string Required(string name, string what)
    {
        var value = Read(name);
        Assert.SkipWhen(value is null, $"Needs {what}: run bin/test, or set {name}.");
        return value;
    }

    static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
