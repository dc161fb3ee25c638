namespace Latchkey.Platform.Mail.Providers;

/// <summary>Asks the APIs of mail providers, whichever it is. What goes wrong on the way says nothing about a mail: it is tried again.</summary>
internal sealed partial class ProviderClient(IHttpClientFactory clients, TimeProvider clock, ILogger<ProviderClient> log)
{
    public const string Client = "mail provider";

    /// <summary>Not to be cancelled: what the provider may have is waited for, so that it is not sent twice.</summary>
    public async Task<Handover> SendAsync(IMailProvider provider, OutgoingMail mail)
    {
        try
        {
            using var request = provider.Write(mail, clock.GetUtcNow());
            var answer = await AskAsync(request);
            if (answer.Status is 401 or 403) RefusesUs(provider.Name, answer.Status);
            return provider.Read(answer, mail);
        }
        catch (HttpRequestException)
        {
            return Later(MailReason.ProviderUnreachable);
        }
        catch (TaskCanceledException)
        {
            return Later(MailReason.ProviderSilent);
        }
    }

    /// <summary>Takes an address off the provider's own list.</summary>
    /// <returns>False when the provider did not do so.</returns>
    public async Task<bool> LiftAsync(IMailProvider provider, string address)
    {
        bool lifted = true;
        foreach (var request in provider.Lift(address))
        {
            using (request)
            {
                try
                {
                    // 404: it was not on that list.
                    lifted &= await AskAsync(request) is { IsYes: true } or { Status: 404 };
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            }
        }
        return lifted;
    }

    private async Task<ProviderAnswer> AskAsync(HttpRequestMessage request)
    {
        using var client = clients.CreateClient(Client);
        using var response = await client.SendAsync(request);
        return new ProviderAnswer((int)response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync());
    }

    private static Handover Later(MailReason reason) => new(HandoverOutcome.TryLater, null, null, MailReasons.English(reason));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Provider} refuses us (HTTP status {Status}): mail waits. The reason is on each mail.")]
    private partial void RefusesUs(MailProviderName provider, int status);
}
