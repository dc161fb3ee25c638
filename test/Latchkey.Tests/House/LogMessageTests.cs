using System.Reflection;
using System.Text.RegularExpressions;
using Latchkey.Hosting;
using Latchkey.SignIn;
using Microsoft.Extensions.Logging;

namespace Latchkey.Tests.House;

/// <summary>A log is read by more people than the database.</summary>
[Trait("Engine", "none")]
public sealed partial class LogMessageTests
{
    static readonly string[] Never = ["token", "code", "address", "email", "mail", "to", "link", "password", "cookie", "key", "card", "phone"];

    [Fact]
    public void No_message_has_a_field_for_a_secret_or_an_address()
    {
        var fields = Messages().SelectMany(m => Field().Matches(m.Message), (m, field) => (m.Where, Name: field.Groups["name"].Value)).ToList();

        fields.ShouldNotBeEmpty();
        fields.Where(f => Never.Contains(f.Name, StringComparer.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public void Messages_are_constants_of_generated_methods() =>
        Repository.Sources(".cs", ".cshtml").Where(f => Call().IsMatch(f.Text)).Select(f => f.Path).ShouldBeEmpty();

    static List<(string Where, string Message)> Messages() =>
    [
        .. from assembly in new[] { typeof(PortalHost).Assembly, typeof(SignInKey).Assembly }
           from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
           where attribute is not null
           select ($"{type.Name}.{method.Name}", attribute.Message),
    ];

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Field();
    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(\s*(\$?""|LogLevel|e\b|exception)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Call();
}
