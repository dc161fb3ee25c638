namespace Latchkey.Tests.House;

/// <summary>Another tenant's row does not exist: every statement says whose rows it means.</summary>
[Trait("Engine", "none")]
public sealed class TenantStatementTests
{
    /// <summary>What looks across organizations, and why it must. Add to it only with a reason as good.</summary>
    static readonly Dictionary<string, string> LooksAcross = new(StringComparer.Ordinal)
    {
        ["StorefrontSql.BySlug"] = "finds out whose storefront a request belongs to",
        ["StorefrontSql.ByHost"] = "finds out whose storefront a request belongs to",
        ["StorefrontSql.All"] = "prints the addresses of this installation's storefronts at start",
        ["MembershipSql.AllOrganizations"] = "Support chooses the organization to work for",
        ["MembershipSql.MembershipsOf"] = "who works for several organizations chooses one; it goes by their own account",
        ["SettingsSql.VerifyHost"] = "a host name is one storefront's of the whole installation",
        ["TeamSql.IsAnybodyThere"] = "the first Owner is made when nobody works anywhere",
        ["OutboxSql.IsAnyDue"] = "the mail worker serves all organizations",
        ["OutboxSql.TakeBack"] = "the process that was killed served all organizations",
        ["OutboxSql.Claim"] = "the mail worker serves all organizations; it returns whose each mail is",
        ["OutboxSql.FindByProvider"] = "the installation's account at a mail provider serves all organizations; it returns whose the mail is",
        ["WebhookSql.IsAnyDue"] = "the inbox of mail providers serves all organizations",
        ["WebhookSql.Claim"] = "the inbox of mail providers serves all organizations; it returns whose account each event came by",
        ["WebhookSql.Forget"] = "clears events away that are settled for good, whoever's they are",
        ["SignInSql.Due"] = "the worker behind the sign-in page serves all organizations; it returns whose each request is",
        ["PasswordSql.Claim"] = "the worker behind the password pages serves all organizations; it returns whose each ask is",
        ["Housekeeping.ForgetPasswordAsks"] = "clears away what was never confirmed, whoever's it is",
        ["Housekeeping.ForgetThrottles"] = "clears counters away that owe nothing, whoever's they are",
        ["Housekeeping.ForgetUnknown"] = "forgets names that belong to nobody, wherever they were typed",
        ["ForgetUnknown.Mails"] = "forgets addresses that belong to nobody, whoever was asked for them",
        ["ForgetUnknown.Refusals"] = "forgets the hashes of names, whoever was asked for them",
        ["Housekeeping.ForgetChallenges"] = "clears challenges away that nobody answered, whoever's they are",
        ["PasskeySql.IsKnownAtHost"] = "a device is told to forget a passkey only when no storefront at the host has it",
        ["MergeSql.ForgetOver"] = "forgets what undoes a merge when its 30 days are over; it returns whose each is",
        ["ForgetSignUps.KeepHeld"] = "keeps units of payments that are under way, whoever's they are",
        ["ForgetSignUps.Left"] = "finds what was left a day ago, whoever's it is; it returns whose each is",
        ["ForgetSignUps.Forget"] = "clears sign-ups away that were left, whoever's they are",
        ["ForgetSignUps.ForgetTyped"] = "forgets what was typed at sign-ups that were left, whoever's they are",
        ["WelcomeSql.Claim"] = "the worker behind sign-ups serves all organizations; it returns whose each is",
        ["WeatherSql.Organizations"] = "one node looks at the weather of every organization, one after the other",
        ["ImportJobSql.IsAnyDue"] = "the worker of imports serves all organizations",
        ["ImportJobSql.Claim"] = "the worker of imports serves all organizations; it returns whose each import is",
        ["ImportJobSql.ForgetOldRows"] = "clears away what undoing an import would need, when its time is over, whoever's it is",
        ["ImportJobSql.ForgetOldBadRows"] = "clears away rows that were refused long ago, whoever's they are",
        ["ImportJobSql.ForgetDrafts"] = "clears files away that were never imported, whoever's they are; it returns whose each is",
        ["RetentionSql.All"] = "the sweep goes by what every organization chose; it returns whose each choice is",
        ["LogoSql.Content"] = "a logo is public, and its address is made of its content: whose it is does not matter",
        ["PaymentSql.FindByCheckoutAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the payment is",
        ["PaymentSql.FindByIntentAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the payment is",
        ["PaymentSql.FindByIdAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the payment is",
        ["PaymentSql.IsAnyDue"] = "what looks after payments serves all organizations",
        ["PaymentSql.Due"] = "what looks after payments serves all organizations; it returns whose each is",
        ["MethodSql.SetupAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the setup is",
        ["MethodSql.OwnerAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the method is",
        ["MethodSql.MandateAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the mandate is",
        ["MethodSql.Expiring"] = "what warns of cards that end serves all organizations; it returns whose each is",
        ["MethodSql.IsAnySetupDue"] = "what looks after payments serves all organizations",
        ["MethodSql.DueSetups"] = "what looks after payments serves all organizations; it returns whose each is",
        ["PayerSql.ByNameAnywhere"] = "the installation's account at the payment provider serves all organizations; it returns whose the customer is",
        ["RefundSql.IsAnyDue"] = "what sends refunds serves all organizations",
        ["RefundSql.Claim"] = "what sends refunds serves all organizations; it returns whose each is",
        ["ReconcileSql.IsAnyDue"] = "events that did not arrive are fetched for all organizations",
        ["ReconcileSql.Claim"] = "events that did not arrive are fetched for all organizations; it returns whose turn it is",
        ["BillingPlanSql.IsAnyDue"] = "the billing run serves all organizations",
        ["BillingPlanSql.Claim"] = "the billing run serves all organizations; it returns whose turn it is",
        ["CollectSql.IsAnyDue"] = "what the billing run wrote is collected for all organizations",
        ["CollectSql.Claim"] = "what the billing run wrote is collected for all organizations; it returns whose each invoice is",
        ["HoldingSql.IsAnyEndDue"] = "what had its last day is ended for all organizations",
        ["HoldingSql.EndDue"] = "what had its last day is ended for all organizations; it returns whose each is",
        ["TestObjectSql.Due"] = "what a bank does later is done for all organizations; it returns whose each is",
        ["DemoSql.Exists"] = "asks whether the demo was loaded, by the installation-wide slug",
    };

    [Fact]
    public void Every_statement_on_a_tenants_table_names_the_organization()
    {
        var wrong = SqlTexts.All().Where(t => !LooksAcross.ContainsKey(t.Name)).SelectMany(t => TenantRule.Violations(t.Sql), (t, found) => $"{t.Name}: {found}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_exception_is_listed_that_is_not_needed()
    {
        var needed = SqlTexts.All().Where(t => TenantRule.Violations(t.Sql).Any()).Select(t => t.Name).ToList();

        LooksAcross.Keys.Except(needed).ShouldBeEmpty();
    }

    [Fact]
    public void The_statements_are_found_wherever_they_stand()
    {
        var names = SqlTexts.All().Select(t => t.Name).ToList();

        names.ShouldContain("SignInSql.RedeemLink");
        names.ShouldContain("DemoSql.Unit");
        names.ShouldContain("ActivityLog.Append");
        names.ShouldContain(n => n.StartsWith("a literal: insert into throttle", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("select id from mail where id = @id")]
    [InlineData("select m.organization_id from mail m where m.id = @id")]
    [InlineData("update account set state = 'x' where id in (select id from account where organization_id = @o)")]
    [InlineData("update mail set state = 'x' where organization_id = @o and id in (select id from account a where a.id = @id)")]
    [InlineData("select 1 from account a join contact c on c.id = a.id where a.organization_id = @o")]
    [InlineData("update account set state = 'x' where organization_id = @o; delete from session")]
    [InlineData("select 1 from account a join contact c on c.organization_id = a.organization_id where a.id = @id")]
    [InlineData("insert into mail (id) values (@id)")]
    [InlineData("delete from organization")]
    public void A_statement_that_forgets_the_organization_is_seen(string sql) => TenantRule.Violations(sql).ShouldNotBeEmpty();

    [Theory]
    [InlineData("select 1 from account a join contact c on c.organization_id = a.organization_id where a.organization_id = @o")]
    [InlineData("update mail set id = @id where (organization_id, id) in (select x.organization_id, x.id from mail x where x.organization_id = @o)")]
    [InlineData("select max(number) from schema_migration")]
    public void A_statement_that_names_it_everywhere_passes(string sql) => TenantRule.Violations(sql).ShouldBeEmpty();
}
