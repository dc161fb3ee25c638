using Latchkey.Platform.Mail.Mime;
using Shouldly;
using Xunit;

namespace Latchkey.Tests.Platform.Mail;

[Trait("Engine", "none")]
public sealed class MailboxAddressTests
{
    [Theory]
    [InlineData("ann@example.com")]
    [InlineData("ann.archer+rent=1@sub.example.co.uk")]
    [InlineData("o'brien_-{x}~@xn--mnchen-3ya.de")]
    [InlineData("root@localhost")]
    [InlineData("jörg@example.com")]
    [InlineData("用户@example.com")]
    public void A_plain_address_is_valid(string address) => MailboxAddress.IsValid(address).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData(".ann@example.com")]
    [InlineData("ann.@example.com")]
    [InlineData("an..n@example.com")]
    [InlineData("\"atk@evil.test\"@x.test")]
    [InlineData("victim@x.test <atk@evil.test>")]
    [InlineData("(c)ann@x.test")]
    [InlineData("a%b@x.test")]
    [InlineData("b!a@x.test")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@127.0.0.1")]
    [InlineData("@r1,@r2:a@x.test")]
    [InlineData("a@b@x.test")]
    [InlineData("a@x.test,b@y.test")]
    [InlineData("a@x.test;b@y.test")]
    [InlineData("a@x.test b@y.test")]
    [InlineData("a b@x.test")]
    [InlineData("a\tb@x.test")]
    [InlineData("a\u00A0b@x.test")]
    [InlineData("a\u200Bb@x.test")]
    [InlineData("a\u00ADb@x.test")]
    [InlineData("a\u202Eb@x.test")]
    [InlineData("a\uFF20b@x.test")]
    [InlineData("ａｎｎ@x.test")]
    [InlineData("a\u0085b@x.test")]
    [InlineData("a\uD800b@x.test")]
    [InlineData("jo\u0308rg@x.test")]
    [InlineData("ann@exam\u00ADple.com")]
    [InlineData("ann@victim。com")]
    [InlineData("ann@münchen.de")]
    [InlineData("ann@-x.test")]
    [InlineData("ann@x-.test")]
    [InlineData("ann@x..test")]
    [InlineData("ann@x.test.")]
    [InlineData("ann@x_y.test")]
    [InlineData("ann@x.test\r\nRCPT TO:<eve@evil.test>")]
    public void An_address_that_routes_elsewhere_or_misleads_is_not(string address) => MailboxAddress.IsValid(address).ShouldBeFalse();

    [Fact]
    public void Lengths_are_bounded()
    {
        MailboxAddress.IsValid(new string('a', 64) + "@x.test").ShouldBeTrue();
        MailboxAddress.IsValid(new string('a', 65) + "@x.test").ShouldBeFalse();
        MailboxAddress.IsValid("a@" + new string('b', 64) + ".test").ShouldBeFalse();
        MailboxAddress.IsValid("a@" + string.Join('.', Enumerable.Repeat("label", 60))).ShouldBeFalse();
        MailboxAddress.IsValid(new string('a', 1_000_000) + "@x.test").ShouldBeFalse();
    }
}
