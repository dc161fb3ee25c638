using System.Data.Common;
using Dapper;
using Latchkey.Platform;
using Latchkey.Platform.Data;
using Latchkey.SignIn;

namespace Latchkey.Features.ImportJobs;

/// <summary>
/// The files of imports: in the database, sealed, so that any node can go on with one; copied aside while it is read, because reading
/// needs to go back to its beginning and it does not fit every memory.
/// </summary>
internal sealed class ImportFiles(Database database, SignInKey key, LatchkeySettings settings)
{
    public const int MostBytes = 32 * 1024 * 1024;
    private const int ChunkBytes = 256 * 1024;

    public async Task StoreAsync(DbTransaction transaction, Guid organizationId, Guid id, Stream file)
    {
        byte[] buffer = new byte[ChunkBytes];
        file.Position = 0;
        for (int number = 0; await file.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false) is > 0 and int read; number++)
            await transaction.Connection!.ExecuteAsync(ImportJobSql.AddChunk, new { organizationId, id, number, body = key.Seal(buffer.AsSpan(0, read)) }, transaction);
    }

    /// <returns>Null when it is gone, or was sealed under another key.</returns>
    public async Task<Stream?> OpenAsync(ImportJob job, CancellationToken cancel)
    {
        var file = Create();
        try
        {
            for (int number = 0; ; number++)
            {
                byte[]? body = await database.ReadAsync(c => c.ExecuteScalarAsync<byte[]?>(
                    new CommandDefinition(ImportJobSql.Chunk, new { job.OrganizationId, job.Id, number }, cancellationToken: cancel)), cancel);
                if (body is null) break;
                if (key.UnsealBytes(body) is not { } plain) break;
                await file.WriteAsync(plain, cancel);
            }
            if (file.Length == job.Bytes)
            {
                file.Position = 0;
                return file;
            }
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        await file.DisposeAsync();
        return null;
    }

    /// <summary>For this process alone, and gone with it: where the system allows it the file has no name any more while it is used.</summary>
    private FileStream Create()
    {
        string folder = Path.Combine(settings.DataDirectory, "imports");
        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():n}.csv"), options);
        if (!OperatingSystem.IsWindows()) File.Delete(file.Name);
        return file;
    }
}
