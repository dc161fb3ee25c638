namespace Latchkey.Features.Why;

/// <summary>What a help code or a chosen record leads to.</summary>
internal static class QuestionSql
{
    public const string Contact = """
        select full_name, email from contact where organization_id = @OrganizationId and storefront_id = @storefrontId and id = @contactId
        """;

    public const string EmailOfSession = """
        select a.email from session s
        join account a on a.organization_id = s.organization_id and a.id = s.account_id
        where s.organization_id = @OrganizationId and s.id = @id
        """;

    public const string EmailOfLink = """
        select a.email from one_time_link o
        join account a on a.organization_id = o.organization_id and a.id = o.account_id
        where o.organization_id = @OrganizationId and o.id = @id
        """;

    public const string EmailOfMail = "select to_address from mail where organization_id = @OrganizationId and id = @id";

    public const string Activity = "select at, event, detail from activity where organization_id = @OrganizationId and id = @id";

    public const string RequestOfName = """
        select id from sign_in_request
        where organization_id = @OrganizationId and storefront_id = @storefrontId and name_hash = @hash
        order by asked_at desc limit 1
        """;

    internal sealed record ContactRow
    {
        public required string FullName { get; init; }
        public string? Email { get; init; }
    }

    internal sealed record ActivityRow
    {
        public required DateTimeOffset At { get; init; }
        public required string Event { get; init; }
        public string? Detail { get; init; }
    }
}
