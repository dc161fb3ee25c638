using Latchkey.Platform.Data;
using Latchkey.Tests.Platform.Mail.Rig;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.SignIn;

/// <summary>A town, its crowd and its relay, around a server that a test starts, kills and starts again on the same data.</summary>
public abstract class TownServer : IAsyncLifetime
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("latchkey-test-");
    readonly int port = LatchkeyProcess.FreePort();
    TestDatabase own = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected ScriptedSmtpServer Relay { get; } = new();
    private protected Database Database { get; private set; } = null!;
    private protected Town Town { get; private set; } = null!;
    private protected Crowd Crowd { get; private set; } = null!;

    /// <summary>Settings besides the database and the relay, such as <c>Stripe__ApiBase</c>.</summary>
    private protected virtual IEnumerable<KeyValuePair<string, string>> Settings => [];

    private protected virtual int Customers => 1200;

    public virtual async ValueTask InitializeAsync()
    {
        own = await TestDatabase.CreateAsync();
        Database = own.Open();
        Town = new Town(Database);
        await Town.BuildAsync(Customers);
        Crowd = new Crowd(new Uri($"http://127.0.0.1:{port}"), Town.Portal, Relay);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await Database.DisposeAsync();
        await own.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<LatchkeyProcess> ServeAsync() => LatchkeyProcess.ServeAsync(new Dictionary<string, string>(Settings, StringComparer.Ordinal)
    {
        ["ConnectionStrings__Latchkey"] = own.ConnectionString,
        ["Latchkey__DataDirectory"] = folder.FullName,
        ["Mail__Smtp"] = $"smtp://127.0.0.1:{Relay.Port}?starttls=off",
    }, port);

    /// <summary>A mail sent twice is one mail: the same Message-ID, the same link.</summary>
    private protected void CopiesShouldBeAlike()
    {
        foreach (var copies in Relay.Mails.Select(m => new MailReader(m.Bytes)).GroupBy(m => m.ToAddress))
        {
            copies.Select(m => m["Message-ID"]).Distinct().Count().ShouldBe(1);
            copies.Select(m => Visit.TokenIn(m.Text)).Distinct().Count().ShouldBe(1);
        }
    }
}
