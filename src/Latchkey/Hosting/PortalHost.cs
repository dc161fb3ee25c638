using Latchkey.Features.Account;
using Latchkey.Features.Account.Mails;
using Latchkey.Features.Account.Portal;
using Latchkey.Features.Contacts;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Demo;
using Latchkey.Features.Errors;
using Latchkey.Features.Health;
using Latchkey.Features.Mailbox;
using Latchkey.Features.MailDelivery;
using Latchkey.Features.MailDelivery.Mails;
using Latchkey.Features.Passkeys;
using Latchkey.Features.Passkeys.Mails;
using Latchkey.Features.Policies;
using Latchkey.Features.Rentals;
using Latchkey.Features.SignIn;
using Latchkey.Features.SignIn.Attempts;
using Latchkey.Features.SignIn.Mails;
using Latchkey.Features.SignIn.Portal;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Features.Storefronts;
using Latchkey.Features.SuppressedAddresses;
using Latchkey.Features.Units;
using Latchkey.Platform;
using Latchkey.Platform.Activity;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Data;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Mail.Inbox;
using Latchkey.Platform.Payments;
using Latchkey.Platform.Sms;
using Latchkey.Platform.Tenancy;
using Latchkey.Platform.Web;
using Latchkey.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;

namespace Latchkey.Hosting;

/// <summary>Puts the server together: services, then the pipeline a request goes through.</summary>
public static class PortalHost
{
    /// <param name="args">Command-line settings, such as --urls.</param>
    /// <param name="adjust">Tests replace the clock here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PortalHost).Assembly.GetName().Name, // pages are looked for in this assembly, whoever started it
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        var settings = LatchkeySettings.Read(builder.Configuration);
        AddPlatform(builder, settings);
        AddFeatures(builder.Services);
        MoneyServices.Add(builder.Services, builder.Configuration);
        AddWeb(builder.Services, settings);
        adjust?.Invoke(builder);

        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddPlatform(WebApplicationBuilder builder, LatchkeySettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(_ => Database.Open(settings.ConnectionString));
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<TimeProvider>(s => s.GetRequiredService<DatabaseClock>());
        services.AddSingleton<Migrator>();
        services.AddSingleton(_ => InstallationKey.Load(settings));
        services.AddSingleton<StorefrontDirectory>().AddSingleton<PublicAddress>().AddSingleton<ActivityLog>().AddSingleton<Outbox>().AddSingleton<AccountNotices>()
            .AddSingleton<Deliveries>().AddSingleton<Suppressions>();
        services.AddHostedService<ClockSync>().AddHostedService<FreshStatistics>();
        MailServices.Add(services, builder.Configuration);
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddSingleton<SignInRequests>().AddSingleton<SignInLinks>().AddSingleton<SignInCodes>().AddSingleton<Sessions>().AddSingleton<OneTimeLinks>().AddSingleton<StaffLinks>();
        services.AddSingleton<AskForLink>().AddSingleton<AskHere>().AddSingleton<SignedIn>().AddSingleton<LinkContacts>().AddSingleton<RedeemLink>().AddSingleton<RedeemCode>().AddSingleton<SignOut>();
        services.AddSingleton<SendLinksSignal>().AddHostedService<SendLinks>();
        services.AddSingleton<LinkOpenings>().AddHostedService(s => s.GetRequiredService<LinkOpenings>());
        services.AddSingleton<Letters>().AddSingleton<MailKind, SignInLinkMail>().AddSingleton<MailKind, SignInCodeSms>();
        services.AddSingleton<MailKind, WrongStorefrontMail>().AddSingleton<MailKind, NoAccountMail>().AddSingleton<MailKind, StaffLinkNotice>().AddSingleton<MailKind, CodesPausedMail>();
        services.AddSingleton<WithoutAccount>().AddSingleton<SendPortalLink>().AddSingleton<CopyMagicLink>().AddSingleton<ChangePolicy>();
        services.AddSingleton<Housekeeping>().AddHostedService<HourlyHousekeeping>();
        services.AddSingleton<Brake>().AddSingleton<Failures>().AddSingleton<FindByHelpCode>().AddSingleton<AttemptSteps>().AddSingleton<ForgetUnknown>().AddSingleton<LoseCookie>().AddSingleton<AfterSignIn>();
        services.AddSingleton<DeadEnds>().AddSingleton<LinkDeadEnds>().AddSingleton<HelpAnswers>();
        AddAccount(services);
        services.AddSingleton<RentalsOfAccount>().AddSingleton<UnitsOfStorefront>();
        services.AddSingleton<PasskeyChallenges>().AddSingleton<AddPasskey>().AddSingleton<SignInByPasskey>().AddSingleton<RenamePasskey>();
        services.AddSingleton<RemovePasskey>().AddSingleton<PasskeysOfAccount>().AddSingleton<PasskeyOffer>().AddSingleton<MailKind, PasskeyNoticeMail>();
        services.AddSingleton<LoadDemo>().AddSingleton<ImportContacts>();
        services.AddSingleton<ChooseMailProvider>().AddSingleton<SendTestMail>().AddSingleton<MailKind, TestMail>().AddSingleton<FindWebhooks>().AddSingleton<ReplayWebhook>().AddSingleton<LiftSuppression>();
        PasswordServices.Add(services);
        RentServices.Add(services);
        ConsoleServices.Add(services);
        WhyServices.Add(services);
        services.AddHealth();
    }

    private static void AddAccount(IServiceCollection services)
    {
        services.AddSingleton<Accounts>().AddSingleton<EmailChanges>().AddSingleton<FormDrafts>();
        services.AddSingleton<ProfileOfAccount>().AddSingleton<LinkedContacts>().AddSingleton<SaveProfile>().AddSingleton<SignOutDevices>();
        services.AddSingleton<ChangeEmail>().AddSingleton<ConfirmEmail>().AddSingleton<UndoEmail>();
        services.AddSingleton<EmailDeadEnds>().AddSingleton<MailKind, EmailChangeMail>().AddSingleton<MailKind, EmailChangedMail>();
    }

    private static void AddWeb(IServiceCollection services, LatchkeySettings settings)
    {
        services.AddSingleton<Cookies>().AddSingleton<Drafts>();
        services.AddSingleton<KeptCookies>().AddHostedService(s => s.GetRequiredService<KeptCookies>());
        services.AddLocalization();
        services.AddRazorPages(pages =>
        {
            pages.RootDirectory = "/Features";
            pages.Conventions.Add(new FolderFence());
            pages.Conventions.ConfigureFilter(new HandledMethodsOnly());
            // CrossSiteGuard stands before every page instead: docs/decisions/0003-cross-site.md.
            pages.Conventions.ConfigureFilter(new Microsoft.AspNetCore.Mvc.IgnoreAntiforgeryTokenAttribute());
        });
        services.AddAuthentication(CustomerAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, CustomerAuthentication>(CustomerAuthentication.Name, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(FolderFence.Customer, p => p.AddAuthenticationSchemes(CustomerAuthentication.Name).RequireAuthenticatedUser())
            .AddPolicy(FolderFence.Staff, p => p.AddAuthenticationSchemes(CustomerAuthentication.Name).RequireAuthenticatedUser()
                .RequireAssertion(a => a.Resource is HttpContext context && context.Features.Get<StaffUser>() is not null))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // Only the client's address is taken over: host and scheme come from configuration.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in settings.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        });
    }

    private static void UsePipeline(WebApplication app)
    {
        if (app.Services.GetRequiredService<LatchkeySettings>().TrustedProxies.Count > 0) app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = e => e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                InvalidDataException => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseMiddleware<StorefrontMiddleware>();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<FailuresAreShown>();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<Language>();
        app.UseMiddleware<ConsoleMiddleware>();
        app.UseAuthorization();
        app.MapAssets();
        app.MapHealth();
        app.MapHostQuestion();
        app.MapLogos();
        app.MapMailbox();
        app.MapPasskeys();
        app.MapTwilioHook();
        app.MapMailHooks();
        app.MapStripeHooks();
        app.MapRazorPages();
        // Without this the fallback policy would send whoever mistypes an address to the sign-in page.
        app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();
    }
}
