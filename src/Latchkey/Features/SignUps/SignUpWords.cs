using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Microsoft.Extensions.Localization;

namespace Latchkey.Features.SignUps;

/// <summary>Renting, subscribing and joining are one thing under three names.</summary>
public static class SignUpWords
{
    public static string Title(IStringLocalizer<Texts> l, Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => l["Rent a unit"],
        Vocabulary.Subscription => l["Subscribe"],
        Vocabulary.Membership => l["Become a member"],
    };

    public static string Choose(IStringLocalizer<Texts> l, Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => l["Choose a size. We hold a unit for you while you fill in the rest; it takes about three minutes."],
        Vocabulary.Subscription => l["Choose a subscription. The rest takes about three minutes."],
        Vocabulary.Membership => l["Choose a membership. The rest takes about three minutes."],
    };

    public static string Offers(IStringLocalizer<Texts> l, Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => l["Locations and prices"],
        Vocabulary.Subscription => l["Subscriptions and prices"],
        Vocabulary.Membership => l["Memberships and prices"],
    };

    public static string When(IStringLocalizer<Texts> l, Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => l["When do you move in?"],
        Vocabulary.Subscription => l["When does your subscription begin?"],
        Vocabulary.Membership => l["When does your membership begin?"],
    };

    /// <summary>How the storefront's kind is kept with what is held.</summary>
    public static string Kind(Vocabulary vocabulary) => vocabulary switch
    {
        Vocabulary.Rental => "rental",
        Vocabulary.Subscription => "subscription",
        Vocabulary.Membership => "membership",
    };
}
