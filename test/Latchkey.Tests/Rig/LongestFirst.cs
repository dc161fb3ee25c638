using Latchkey.Tests.Browser;
using Latchkey.Tests.Features.Contacts;
using Latchkey.Tests.Features.Payments;
using Latchkey.Tests.Features.SignIn;
using Latchkey.Tests.House;
using Latchkey.Tests.Rig;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Latchkey.Tests.Rig;

/// <summary>Starts the longest classes first: one that starts last runs alone, while the other processors wait for it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(ImportingAtScale), typeof(ScreensTests), typeof(ConsoleScreensTests), typeof(ServerIsKilledTests), typeof(FromTheCallToSignedInTests),
        typeof(ConsoleSweepTests), typeof(AccountInABrowserTests), typeof(ContactsInABrowserTests), typeof(ServerIsStoppedTests), typeof(EmailScreensTests),
        typeof(RentScreensTests), typeof(ImportingAgain), typeof(WaysInTests), typeof(PasskeysInABrowserTests), typeof(ServerIsKilledWhileChargingTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        int rank = Array.FindIndex(Longest, type => collection.TestCollectionDisplayName.StartsWith($"Test collection for {type.FullName} ", StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
