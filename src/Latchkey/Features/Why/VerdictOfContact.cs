using Latchkey.Platform.Tenancy;
using Latchkey.SignIn.Diagnosis;

namespace Latchkey.Features.Why;

/// <summary>The diagnosis of one record, for the panel on it: without the attempt step by step, and without looking for near misses.</summary>
public sealed class VerdictOfContact(ReadQuestion readQuestion, FindFacts findFacts)
{
    /// <returns>Null when the storefront has no such record.</returns>
    public async Task<Diagnosed?> RunAsync(Storefront storefront, Guid contactId, CancellationToken cancel)
    {
        if (await readQuestion.ForContactAsync(storefront, contactId, null, cancel) is not { } question) return null;
        var record = await findFacts.RunAsync(question, cancel);
        return new Diagnosed(question, record, Diagnose.Of(record.Facts), []);
    }
}
