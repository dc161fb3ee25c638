using System.Text.Json;
using Dapper;
using Latchkey.Features.Contacts.Import;
using Latchkey.Platform.Csv;
using Latchkey.Platform.Data;
using Latchkey.Platform.Tenancy;
using Latchkey.SignIn;

namespace Latchkey.Features.ImportJobs;

/// <summary>Takes a file in. Nothing is imported yet.</summary>
internal sealed class UploadImport(Database database, ImportFiles files, SignInKey key, TimeProvider clock)
{
    private const int MostCharactersInName = 120;

    /// <param name="storefront">Where its customers belong.</param>
    /// <param name="fileName">As the browser calls it.</param>
    /// <param name="file">Seekable.</param>
    /// <param name="staff">Who brings it.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>The import's id.</returns>
    /// <exception cref="ImportRefusedException">It is no file that could be imported.</exception>
    public async Task<Guid> RunAsync(Storefront storefront, string fileName, Stream file, string staff, CancellationToken cancel)
    {
        if (file.Length > ImportFiles.MostBytes)
            throw new ImportRefusedException($"The file is larger than {ImportFiles.MostBytes / 1024 / 1024} MB. Split it; each part needs the header line.");
        var sample = ImportSample.Read(file);
        var (organizationId, id, now) = (storefront.OrganizationId, Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        await database.WriteAsync(async t =>
        {
            await t.Connection!.ExecuteAsync(ImportJobSql.Add, new
            {
                organizationId,
                id,
                storefrontId = storefront.Id,
                fileName = Named(fileName),
                bytes = file.Length,
                options = JsonSerializer.Serialize(new ImportOptions()),
                sample = key.Seal(JsonSerializer.Serialize(sample)),
                counts = JsonSerializer.Serialize(new ImportCounts()),
                staff,
                now,
            }, t);
            await files.StoreAsync(t, organizationId, id, file);
        }, cancel);
        return id;
    }

    /// <summary>The last part of the path, on one line.</summary>
    private static string Named(string fileName)
    {
        string name = string.Concat(fileName.Split('/', '\\')[^1].Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? "import.csv" : name.Length > MostCharactersInName ? name[..MostCharactersInName] : name;
    }
}
