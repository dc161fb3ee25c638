namespace Latchkey.Tests.Rig;

internal static class SignedInAt
{
    /// <summary>The answer to a way in leads to this page, with the mark that tells whether the cookie came back.</summary>
    public static void ShouldLeadInto(this Answer answer, string page)
    {
        answer.Status.ShouldBe(System.Net.HttpStatusCode.Redirect, answer.Text);
        answer.Location.ShouldLeadInto(page);
    }

    public static void ShouldLeadInto(this string? address, string page)
    {
        address.ShouldNotBeNull().Split(["?signed-in=", "&signed-in="], StringSplitOptions.None)[0].ShouldBe(page);
        address.ShouldContain("signed-in=");
    }
}
