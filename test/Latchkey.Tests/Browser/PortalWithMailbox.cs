using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Browser;

/// <summary>The server as it starts with nothing configured, reached as localhost: browsers know no passkeys at an IP address.</summary>
public sealed class PortalWithMailbox : Portal
{
    protected override IEnumerable<string> Settings => ["--urls=http://0.0.0.0:0"];

    protected override IEnumerable<string> MailSettings => [];
}

/// <summary>The server with Postfix as its relay, over STARTTLS with a checked certificate.</summary>
public sealed class PortalWithPostfix : Portal
{
    protected override IEnumerable<string> MailSettings =>
        [$"--Mail:Smtp=smtp://{TestEnvironment.Postfix.Address}?starttls=required&ca={Uri.EscapeDataString(TestEnvironment.Postfix.AuthorityFile)}"];
}
