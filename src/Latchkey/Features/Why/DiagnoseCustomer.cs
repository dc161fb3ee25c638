using Latchkey.Features.SignIn.Attempts;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>Why they cannot sign in, and the attempt it is read from.</summary>
public sealed class DiagnoseCustomer(FindFacts findFacts, AttemptSteps attemptSteps)
{
    public async Task<Diagnosed> RunAsync(Question question, CancellationToken cancel)
    {
        var record = await findFacts.RunAsync(question, cancel);
        var steps = record.RequestId is { } request ? await attemptSteps.OfRequestAsync(question.Storefront.OrganizationId, request, cancel) : [];
        return new Diagnosed(question, record, Diagnose.Of(record.Facts), steps);
    }
}

/// <param name="Question">Whom it is about.</param>
/// <param name="Record">What is on record.</param>
/// <param name="Findings">The first is the verdict.</param>
/// <param name="Steps">The attempt, step by step.</param>
public sealed record Diagnosed(Question Question, Record Record, IReadOnlyList<Finding> Findings, IReadOnlyList<AttemptStep> Steps)
{
    public Finding Verdict => Findings[0];
}
