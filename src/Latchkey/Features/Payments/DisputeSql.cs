namespace Latchkey.Features.Payments;

/// <summary>The statements of disputes.</summary>
internal static class DisputeSql
{
    public const string Open = """
        insert into dispute (organization_id, id, payment_id, dispute_id, amount, currency, reason, state, answer_by, opened_at, changed_at)
        values (@OrganizationId, @id, @payment, @name, @Amount, @Currency, @Reason, @Status, @AnswerBy, @now, @now)
        on conflict (dispute_id, organization_id) do nothing
        """;

    /// <summary>Once for each state: of two that look at the same time one writes.</summary>
    public const string Move = "update dispute set state = @Status, changed_at = @now where organization_id = @OrganizationId and dispute_id = @name and state <> @Status";

    public const string Note = """
        update dispute set amount = @Amount, answer_by = @AnswerBy where organization_id = @OrganizationId and dispute_id = @name and (amount <> @Amount or coalesce(answer_by, @now) <> coalesce(@AnswerBy, @now))
        """;
}
