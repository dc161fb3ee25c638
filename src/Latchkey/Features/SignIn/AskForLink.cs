using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.SignIn;

/// <summary>"Send me a link": stores the request and answers. Whether the address is known is found out later, by <see cref="SendLinks"/>.</summary>
public sealed class AskForLink(Database database, SignInRequests requests, SendLinksSignal signal)
{
    /// <summary>Where somebody goes on who began a sign-up and turned out to have an account. A link that leads there was asked for by it.</summary>
    public const string SignUpPage = "/portal/rent";

    public async Task<AskAnswer> RunAsync(Storefront storefront, Ask ask, CancellationToken cancel)
    {
        var answer = await database.WriteAsync(t => requests.AskAsync(t, storefront.Key, storefront.Policy, ask), cancel);
        if (answer.Outcome == AskOutcome.Accepted) signal.Set();
        return answer;
    }
}
