using System.Security.Cryptography;
using Latchkey.SignIn;

namespace Latchkey.Features.Passwords;

/// <summary>Hashes and compares, as many at once as there are cores: whoever sends many passwords waits, and the pages go on (ASVS 5, 15.2.2).</summary>
public sealed class PasswordHashing(IPasswordHasher hasher) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim free = new(Environment.ProcessorCount);
    // Made when the server starts, which is why this is one of its services: else the first address would take longer than any other.
    private readonly string nobodys = hasher.Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    public Task<string> HashAsync(string typed, CancellationToken cancel) => RunAsync(() => hasher.Hash(PasswordText.Normalize(typed)), cancel);

    /// <param name="hash">What to compare with; null takes the same time and is never right.</param>
    public async Task<PasswordMatch> VerifyAsync(string? hash, string typed, CancellationToken cancel)
    {
        var match = await RunAsync(() => hasher.Verify(hash ?? nobodys, PasswordText.Normalize(typed)), cancel);
        return hash is null ? PasswordMatch.Wrong : match;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => free.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            free.Release();
        }
    }
}
