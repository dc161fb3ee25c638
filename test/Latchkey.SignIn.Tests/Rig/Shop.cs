using Latchkey.Tests.Rig;

namespace Latchkey.SignIn.Tests.Rig;

/// <summary>One storefront with a clock of its own. Speaks in what people do; each step is a transaction.</summary>
public sealed partial class Shop
{
    readonly TurnableClock clock = new();
    readonly Town town;
    readonly SignInRequests requests;
    readonly SignInLinks links;
    readonly SignInCodes codes;
    readonly Sessions sessions;
    readonly OneTimeLinks oneTimeLinks;
    readonly Accounts accounts;
    readonly EmailChanges emailChanges;
    readonly FormDrafts drafts;
    readonly AccountPasswords passwords;
    readonly StaffLinks staffLinks;

    internal Shop(Town town, SignInPolicy policy, StorefrontKey? key = null)
    {
        this.town = town;
        Policy = policy;
        Key = key ?? new(Guid.NewGuid(), Guid.NewGuid());
        requests = new(town.Key, clock);
        links = new(town.Key, clock);
        codes = new(town.Key, clock);
        sessions = new(town.Key, clock);
        oneTimeLinks = new(town.Key, clock);
        accounts = new(clock);
        emailChanges = new(town.Key, oneTimeLinks, sessions, clock);
        drafts = new(town.Key, clock);
        passwords = new(town.Key, clock);
        staffLinks = new(town.Key, clock);
    }

    public StorefrontKey Key { get; }
    public SignInPolicy Policy { get; set; }
    public TimeProvider Clock => clock;
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Another storefront of the same organization.</summary>
    public Shop Sister() => new(town, Policy, Key with { StorefrontId = Guid.NewGuid() });

    public void Pass(TimeSpan time) => clock.Advance(time);
    public void Minutes(double minutes) => Pass(TimeSpan.FromMinutes(minutes));
    public void Seconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    public async Task<Guid> AccountAsync(string email, string state = "proven", string? phone = null, string? passwordBy = null)
    {
        var id = Guid.NewGuid();
        await town.ExecuteAsync(
            """
            insert into account (organization_id, id, storefront_id, email, state, phone, full_name, password_hash, password_by, created_at, proven_at)
            values (@OrganizationId, @id, @StorefrontId, @email, @state, @phone, 'A. N. Other', case when @passwordBy is null then null else 'hash' end, @passwordBy, @before, case when @state = 'proven' then @before end)
            """,
            new { Key.OrganizationId, id, Key.StorefrontId, email, state, phone, passwordBy, before = Now.AddDays(-1) });
        return id;
    }

    public Task StateAsync(Guid account, string state) => town.ExecuteAsync(
        "update account set state = @state where organization_id = @OrganizationId and id = @account", new { Key.OrganizationId, account, state });

    /// <summary>Somebody asks; with a browser it has been here before, without it is new.</summary>
    public Task<AskAnswer> AskAsync(string address, BrowserSecret? browser = null, string? ip = null, Guid? account = null, string? returnTo = null, string? staff = null)
    {
        SignInName.TryRead(address, phones: true, "1", out var read).ShouldBeTrue();
        return town.WriteAsync(t => requests.AskAsync(t, Key, Policy, new Ask
        {
            Name = read!,
            Shown = address,
            Browser = browser ?? BrowserSecret.Create(),
            BrowserIsKnown = browser is not null,
            Ip = ip,
            Device = "Firefox on Windows",
            Locale = "en",
            AccountId = account,
            ReturnTo = ReturnPath.Read(returnTo),
            Staff = staff,
        }));
    }

    /// <summary>A worker takes what waits. The installation's queue may hold other storefronts' requests too.</summary>
    public async Task<IReadOnlyList<ResolvedRequest>> ResolveAsync(int most = 10_000)
    {
        var taken = await town.WriteAsync(t => requests.ResolveAsync(t, most));
        return [.. taken.Where(r => r.Where == Key)];
    }

    /// <summary>The mails of everything that waits, not handed to the mail server yet.</summary>
    public async Task<IReadOnlyList<Letter>> WriteLettersAsync() =>
        [.. (await ResolveAsync()).Where(r => r.IsMailed).Select(r => new Letter(r.Id, r.Mails, r.Email!, town.Key.LinkToken(r.Id, r.Mails), CodeOf(r.Id)))];

    public Task HandOverAsync(Letter letter) => town.WriteAsync(async t =>
    {
        await requests.HandedOverAsync(t, Key, [letter.RequestId], Policy);
        return true;
    });

    public async Task<IReadOnlyList<Letter>> PostAsync()
    {
        var letters = await WriteLettersAsync();
        foreach (var letter in letters) await HandOverAsync(letter);
        return letters;
    }

    /// <summary>Asks, and opens the mail box.</summary>
    public async Task<Letter> LetterAsync(string address, BrowserSecret? browser = null)
    {
        var answer = await AskAsync(address, browser);
        answer.Outcome.ShouldBe(AskOutcome.Accepted);
        return (await PostAsync()).Single(l => l.RequestId == answer.RequestId);
    }

    public Task<SeenLink?> LookAsync(LinkToken link) => town.ReadAsync(c => links.LookAsync(c, Key, link));

    public async Task<LinkStatus> StatusAsync(LinkToken link) => (await LookAsync(link))?.Status ?? LinkStatus.Unknown;

    public Task OpenAsync(LinkToken link) => town.WriteAsync(async t =>
    {
        await links.OpenedAsync(t, [new LinkOpening(Key, link, Opener.OtherBrowser, 1)]);
        return true;
    });

    public Task<RedeemAnswer> RedeemAsync(LinkToken link, BrowserSecret? browser = null, NumberTry? number = null, string ip = "192.0.2.7") =>
        town.WriteAsync(t => links.RedeemAsync(t, Key, Policy, link, new Visitor(browser ?? BrowserSecret.Create(), ip, "Safari on iPhone"), number));

    /// <summary>Types the number that the waiting page shows: counted and committed, then compared.</summary>
    public async Task<RedeemAnswer> TypeNumberAsync(LinkToken link, string number) =>
        await RedeemAsync(link, number: await town.WriteAsync(t => links.CountNumberAsync(t, Key, link, number)));

    public Task<StaffLinkAnswer> CopyAsync(Guid account, string reason = "Lost their mailbox", string email = "ann@example.com") =>
        town.WriteAsync(t => staffLinks.CopyAsync(t, Key, Policy, account, EmailAddress.Of(email), "manager@example.com", reason));

    /// <summary>Types a code: counted and committed, then compared.</summary>
    public async Task<(CodeTry Try, StartedSession? Session)> TypeAsync(Guid request, string code, BrowserSecret browser)
    {
        var counted = await town.WriteAsync(t => codes.CountAsync(t, Key, Policy, request, browser));
        (counted, _) = await town.WriteAsync(t => codes.PauseAsync(t, Key, Policy, counted));
        return (counted, await town.WriteAsync(t => codes.RedeemAsync(t, Key, Policy, counted, code, new Visitor(browser, null, null))));
    }

    public async Task<StartedSession> SignInAsync(string address, BrowserSecret? browser = null) =>
        (await RedeemAsync((await LetterAsync(address, browser)).Link, browser)).Session.ShouldNotBeNull();

    public Task<LiveSession?> FindAsync(string cookie) => town.ReadAsync(c => sessions.FindAsync(c, Key, cookie));

    public async Task<bool> IsSignedInAsync(StartedSession session) => await FindAsync(session.Token) is not null;

    /// <summary>A visit as the host makes it: found, and renewed when due.</summary>
    public async Task<bool> VisitAsync(StartedSession session)
    {
        if (await FindAsync(session.Token) is not { } live) return false;
        if (sessions.IsDueForRenewal(live, Policy)) await RenewAsync(session.Id);
        return true;
    }

    public Task<bool> RenewAsync(Guid session) => town.WriteAsync(t => sessions.RenewAsync(t, Key, Policy, session));
    public Task<int> EndAsync(Guid session) => town.WriteAsync(t => sessions.EndAsync(t, Key, session, "signed out"));
    public Task<int> EndOwnAsync(Guid account, Guid session) => town.WriteAsync(t => sessions.EndOwnAsync(t, Key, account, session, "signed out"));
    public Task<IReadOnlyList<ListedSession>> ListAsync(Guid account) => town.ReadAsync(c => sessions.ListAsync(c, Key, account));
    public Task<int> EndOthersAsync(Guid account, Guid keep) => town.WriteAsync(t => sessions.EndOthersAsync(t, Key, account, keep, "signed out"));
    public Task<int> EndAllAsync(Guid account) => town.WriteAsync(t => sessions.EndAllAsync(t, Key, account, "revoked by staff"));

    public Task<StartedSession?> StartAsync(Guid account, string means = "passkey", BrowserSecret? browser = null) =>
        town.WriteAsync(t => sessions.StartAsync(t, Key, Policy, account, means, new Visitor(browser ?? BrowserSecret.Create(), null, null)));

    /// <summary>A link that does one thing, as its mail carries it.</summary>
    public async Task<LinkToken> IssueAsync(OneTimePurpose purpose, Guid account, string address = "ann@example.com", double minutes = 60)
    {
        var link = await town.WriteAsync(t => oneTimeLinks.IssueAsync(t, Key, purpose, account, EmailAddress.Of(address), TimeSpan.FromMinutes(minutes)));
        return oneTimeLinks.Token(purpose, link.Id);
    }

    public Task<OneTimeLink?> UseAsync(OneTimePurpose purpose, LinkToken link) => town.WriteAsync(t => oneTimeLinks.UseAsync(t, Key, purpose, link));

    public async Task<LinkStatus> StatusAsync(OneTimePurpose purpose, LinkToken link) =>
        (await town.ReadAsync(c => oneTimeLinks.LookAsync(c, Key, purpose, link)))?.Status ?? LinkStatus.Unknown;

    public Task<int> RevokeAsync(OneTimePurpose purpose, Guid account) => town.WriteAsync(t => oneTimeLinks.RevokeAsync(t, Key, account, purpose));

    public Task<IssuedChallenge> IssueChallengeAsync(Visitor visitor, Guid? account, string state) =>
        town.WriteAsync(t => new PasskeyChallenges(clock).IssueAsync(t, Key, Policy, visitor, account, state));

    public Task<string?> TakeChallengeAsync(Guid challenge, BrowserSecret browser, Guid? account) =>
        town.WriteAsync(t => new PasskeyChallenges(clock).TakeAsync(t, Key, challenge, browser, account));

    /// <summary>A passkey as a row; no device has it.</summary>
    public Task PasskeyRowAsync(Guid account) => town.ExecuteAsync("""
        insert into passkey (organization_id, id, storefront_id, account_id, credential_id, public_key, sign_count, transports,
          is_user_verified, is_backup_eligible, is_backed_up, rp_id, name, created_at)
        values (@OrganizationId, @id, @StorefrontId, @account, @credential, @credential, 0, '', true, true, true, 'localhost', 'Phone', @Now)
        """, new { Key.OrganizationId, id = Guid.NewGuid(), Key.StorefrontId, account, credential = Guid.NewGuid().ToByteArray(), Now });

    public Task<WaitingRequest?> WaitingAsync(BrowserSecret browser, Guid? request = null) =>
        town.ReadAsync(c => requests.FindAsync(c, Key, request, browser));

    public string CodeOf(Guid request) => Policy.CodeDigits == 0 ? "" : town.Key.Code(request, Policy.CodeDigits);

    public string WrongCodeOf(Guid request) => CodeOf(request) is var right && right[0] == '9' ? $"0{right[1..]}" : $"9{right[1..]}";

    public async Task<int> CountAsync(string table, string and = "1 = 1") =>
        (int)await town.ValueAsync<long>($"select count(*) from {table} where organization_id = @OrganizationId and {and}", new { Key.OrganizationId });
}

/// <summary>A mail as the customer has it.</summary>
public sealed record Letter(Guid RequestId, int Number, string To, LinkToken Link, string Code);
