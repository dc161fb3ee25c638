namespace Latchkey.Platform.Payments.Test;

internal static class TestObjectSql
{
    public const string Find = "select json from test_object where organization_id = @organization and id = @id";

    public const string FindByRequest = "select json from test_object where organization_id = @organization and request_key = @key";

    public const string All = "select json from test_object where organization_id = @organization and kind = @kind order by created_at, id";

    public const string Add = """
        insert into test_object (organization_id, id, kind, json, request_key, due_at, created_at) values (@organization, @id, @kind, @json, @requestKey, @dueAt, @now)
        """;

    public const string Save = "update test_object set json = @json, due_at = @dueAt where organization_id = @organization and id = @id and json = @before";

    public const string Due = "select organization_id, id from test_object where due_at <= @now order by due_at limit 50";
}
