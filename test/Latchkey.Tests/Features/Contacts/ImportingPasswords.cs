using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Latchkey.Features.Passwords;
using Latchkey.Tests.Features.Passwords;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Contacts;

/// <summary>From the file of another system to signing in with the old password: the real command, then the real pages.</summary>
public sealed class ImportingPasswords(Portal portal) : IClassFixture<Portal>
{
    private const string Old = "un été à la montagne";

    [Fact]
    public async Task An_old_password_signs_in_and_its_hash_becomes_one_of_ours()
    {
        var storefront = await portal.FernhillAsync();
        string django = $"pbkdf2_sha256$1000$salt${Convert.ToBase64String(Pbkdf2(HashAlgorithmName.SHA256, 32))}";
        string phc = $"$pbkdf2-sha512$1000$c2FsdA${Convert.ToBase64String(Pbkdf2(HashAlgorithmName.SHA512, 64)).TrimEnd('=').Replace('+', '.')}";
        var customers = new[]
        {
            (Email: "bcrypt@old.example", Password: "U*U", Hash: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            (Email: "django@old.example", Password: Old, Hash: django),
            (Email: "phc@old.example", Password: Old, Hash: phc),
            (Email: "identity@old.example", Password: Old, Hash: new FrameworkHasher(rounds: 500).Hash(Old)),
        };

        (int code, string output, string errors) = await ImportAsync(storefront.Slug, ["name,email,password hash", .. customers.Select(c => $"Ann Archer,{c.Email},{c.Hash}")]);
        (code, errors).ShouldBe((0, ""), output);

        foreach (var (email, password, hash) in customers)
        {
            (await portal.StateAsync(storefront, email, "password_hash")).ShouldBe(hash);
            using var ann = portal.Visit(storefront);
            (await ann.TypeAsync(email, password)).Heading.ShouldBe("User not confirmed", email); // nobody has proven this mailbox here
            (await ann.TypeAsync(email, $"{password}x")).Text.ShouldContain("Incorrect email or password");
            await ann.SignInAsync(email);
            await ann.PostAsync("/portal/sign-out");

            (await ann.TypeAsync(email, password)).ShouldLeadInto($"{ann.Base}/portal");

            string ours = (await portal.StateAsync(storefront, email, "password_hash"))!;
            ours.ShouldNotBe(hash);
            new FrameworkHasher(rounds: 2000).Verify(ours, password).ShouldBe(Latchkey.SignIn.PasswordMatch.Right);
            using var later = portal.Visit(storefront);
            (await later.TypeAsync(email, $"{password}x")).Text.ShouldContain("Incorrect email or password");
            (await later.TypeAsync(email, password)).ShouldLeadInto($"{later.Base}/portal");
        }
    }

    [Fact]
    public async Task A_hash_that_is_weak_or_cannot_be_compared_is_a_bad_row_with_its_reason_and_nothing_of_the_row_comes_in()
    {
        var storefront = await portal.FernhillAsync();
        string[] rows =
        [
            "name,email,password hash",
            "Md Five,md5@bad.example,5f4dcc3b5aa765d61d8327deb882cf99",
            "Sha One,sha1@bad.example,{SHA}5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
            "Word Press,phpass@bad.example,$P$BWJsAbSkX3Ljg0JFkdD2QUGxbuC1TL.",
            "\"Ar Gon\",argon2@bad.example,\"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$RdescudvJCsgt3ub+b4dWRWJTmaaJObG\"",
            "Plain Text,plain@bad.example,hunter2hunter2",
            "Dear Bcrypt,slow@bad.example,$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
            "No Hash,none@bad.example,",
        ];

        (int code, string output, string errors) = await ImportAsync(storefront.Slug, rows);

        code.ShouldBe(2, output);
        foreach (var (address, reason) in new[]
        {
            ("md5@bad.example", "is an unsalted or fast hash (MD5, SHA-1, SHA-2), too weak to keep."),
            ("sha1@bad.example", "is an unsalted or fast hash (MD5, SHA-1, SHA-2), too weak to keep."),
            ("phpass@bad.example", "is an unsalted or fast hash (MD5, SHA-1, SHA-2), too weak to keep."),
            ("argon2@bad.example", "is an Argon2 hash, which cannot be compared here. Leave it out: the customer signs in by link."),
            ("plain@bad.example", "is not a hash that is known: bcrypt, PBKDF2 (Django, PHC) or ASP.NET Core Identity."),
            ("slow@bad.example", "is not a hash that is known: bcrypt, PBKDF2 (Django, PHC) or ASP.NET Core Identity."),
        })
            errors.Split('\n').Single(l => l.Contains(address, StringComparison.Ordinal)).ShouldContain($"password hash: {reason}");
        (await portal.ScalarAsync<long>("select count(*) from account where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        (await portal.ScalarAsync<long>("select count(*) from contact where organization_id = @OrganizationId", new { storefront.OrganizationId })).ShouldBe(1);
        (await portal.StateAsync(storefront, "none@bad.example", "password_hash")).ShouldBeNull();
        using var eve = portal.Visit(storefront);
        (await eve.TypeAsync("md5@bad.example", "password")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static byte[] Pbkdf2(HashAlgorithmName algorithm, int length) => Rfc2898DeriveBytes.Pbkdf2(Old, "salt"u8, 1000, algorithm, length);

    /// <summary>The real command, in a process of its own, while the server runs.</summary>
    private async Task<(int Code, string Output, string Errors)> ImportAsync(string slug, string[] lines)
    {
        var folder = Directory.CreateTempSubdirectory("latchkey-passwords-");
        try
        {
            string file = Path.Combine(folder.FullName, "customers.csv"), errors = Path.Combine(folder.FullName, "customers.errors.csv");
            await File.WriteAllLinesAsync(file, lines);
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "latchkey.dll"), "import", file, "--storefront", slug])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            start.Environment["ConnectionStrings__Latchkey"] = portal.ConnectionString;
            start.Environment["Latchkey__DataDirectory"] = folder.FullName;
            using var command = Process.Start(start)!;
            string output = await command.StandardOutput.ReadToEndAsync();
            await command.WaitForExitAsync();
            return (command.ExitCode, output, File.Exists(errors) ? await File.ReadAllTextAsync(errors) : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
