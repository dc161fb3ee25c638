using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using Latchkey.Features.Storefronts;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Tenancy;
using Latchkey.Tests.Rig;

namespace Latchkey.Tests.Features.Storefronts;

public sealed class LogoTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task A_logo_stands_on_every_page_of_the_storefront_and_holds_nothing_but_the_picture()
    {
        var storefront = await portal.StorefrontAsync(name: "Northgate");
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        byte[] png = [.. Png(200, 80, ("tEXt", "Comment\0<script>alert(1)</script>"u8.ToArray())), .. "<html><script>alert(2)</script>"u8];

        (await UploadAsync(owner, storefront, png, "Northgate, a gate in the north")).Location.ShouldBe($"/console/storefronts/{storefront.Id}/logo?saved");

        using var visit = portal.Visit(storefront);
        var image = (await visit.GetAsync("/")).Page.QuerySelector("img.logo")!;
        image.GetAttribute("alt").ShouldBe("Northgate, a gate in the north");
        (await visit.GetAsync("/portal/sign-in")).Page.QuerySelector("header img.logo")!.GetAttribute("src").ShouldBe(image.GetAttribute("src"));
        using var answer = await visit.Http.GetAsync(image.GetAttribute("src"));
        answer.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Png(200, 80), "no comment, and nothing after its end");
        (await visit.OpenAsync("/assets/logo/00000000000000000000000000000000")).Status.ShouldBe(HttpStatusCode.NotFound);

        // Other words, the same picture; then none.
        (await UploadAsync(owner, storefront, null, "A gate")).Status.ShouldBe(HttpStatusCode.Redirect);
        (await owner.OpenAsync($"/console/storefronts/{storefront.Id}/logo")).Page.QuerySelector("img.logo")!.GetAttribute("alt").ShouldBe("A gate");
        (await UploadAsync(owner, storefront, null, "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await owner.SubmitAsync($"/console/storefronts/{storefront.Id}/logo?handler=Remove");
        (await visit.GetAsync("/")).Page.QuerySelector("img.logo").ShouldBeNull();
        (await portal.ScalarAsync<long>("select count(*) from activity where organization_id = @OrganizationId and event in ('logo changed', 'logo removed')", new { storefront.OrganizationId })).ShouldBe(3);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_by_its_bytes_and_the_old_logo_stays()
    {
        var storefront = await portal.StorefrontAsync();
        using var owner = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Owner);
        await UploadAsync(owner, storefront, Png(100, 100), "Before");
        (byte[] File, string Reason)[] refused =
        [
            ("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), "not a picture"),
            ("<!doctype html><script>alert(1)</script>"u8.ToArray(), "not a picture"),
            ("GIF89a\u0001\u0000"u8.ToArray(), "not a picture"),
            (Png(100, 100)[..40], "damaged"),
            (Png(30_000, 30_000), "2000 pixels"),
            (Png(1, 1), "2000 pixels"),
            ([.. Png(100, 100), .. new byte[ChangeLogo.MostBytes]], "larger than 512 KB"),
        ];
        foreach (var (file, reason) in refused)
        {
            var answer = await UploadAsync(owner, storefront, file, "After");
            answer.Status.ShouldBe(HttpStatusCode.BadRequest, reason);
            answer.Page.QuerySelector("[role=alert]")!.TextContent.ShouldContain(reason);
            answer.Page.QuerySelector("#alternative")!.GetAttribute("value").ShouldBe("After");
        }
        (await owner.OpenAsync($"/console/storefronts/{storefront.Id}/logo")).Page.QuerySelector("img.logo")!.GetAttribute("alt").ShouldBe("Before");
        using var manager = await portal.StaffVisitAsync(storefront.OrganizationId, StaffRole.Manager);
        (await UploadAsync(manager, storefront, Png(100, 100), "Not mine")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void The_other_kinds_lose_what_is_not_drawn_too()
    {
        byte[] jpeg = [0xFF, 0xD8, .. Segment(0xE1, "Exif\0\0GPS"u8), .. Segment(0xC0, [8, 0, 40, 0, 60, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 0xFF, 0, 2, 0xFF, 0xD9, .. "<script>"u8];
        var drawn = ImageFile.Read(jpeg).ShouldNotBeNull();
        (drawn.Type, drawn.Width, drawn.Height).ShouldBe(("image/jpeg", 60, 40));
        Encoding.Latin1.GetString(drawn.Content).ShouldNotContain("GPS");
        drawn.Content[^2..].ShouldBe([0xFF, 0xD9]);
        ImageFile.Read(jpeg.AsSpan(0, jpeg.Length - 12)).ShouldBeNull("it ends in the middle");

        byte[] parts = [.. Part("VP8X", [0x1C, 0, 0, 0, 59, 0, 0, 39, 0, 0]), .. Part("VP8L", [0x2F, 59, 0xC0, 9, 0]), .. Part("EXIF", "GPS!"u8)];
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, 4 + parts.Length);
        var webp = ImageFile.Read([.. "RIFF"u8, .. size, .. "WEBP"u8, .. parts, .. "<script>"u8]).ShouldNotBeNull();
        (webp.Type, webp.Width, webp.Height).ShouldBe(("image/webp", 60, 40));
        Encoding.Latin1.GetString(webp.Content).ShouldNotContain("GPS");
        BinaryPrimitives.ReadInt32LittleEndian(webp.Content.AsSpan(4)).ShouldBe(webp.Content.Length - 8);
    }

    private Task<Answer> UploadAsync(Visit visit, Storefront storefront, byte[]? file, string alternative)
    {
        var form = new MultipartFormDataContent { { new StringContent(alternative), "alternative" } };
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "logo.png");
        return visit.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Url, $"/console/storefronts/{storefront.Id}/logo")) { Content = form });
    }

    private static byte[] Png(int width, int height, params (string Name, byte[] Content)[] more)
    {
        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(new byte[1000]);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", head), .. more.SelectMany(m => Chunk(m.Name, m.Content)), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>Its checksum is the browser's to look at.</summary>
    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(name), .. content, 0, 0, 0, 0];
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content) => [0xFF, marker, 0, (byte)(content.Length + 2), .. content];

    private static byte[] Part(string name, ReadOnlySpan<byte> content) => [.. Encoding.ASCII.GetBytes(name), (byte)content.Length, 0, 0, 0, .. content, .. new byte[content.Length % 2]];
}
