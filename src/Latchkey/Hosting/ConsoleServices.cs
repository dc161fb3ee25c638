using Latchkey.Features.Account;
using Latchkey.Features.Account.Mails;
using Latchkey.Features.Activities;
using Latchkey.Features.Approvals;
using Latchkey.Features.Approvals.Console;
using Latchkey.Features.Approvals.Mails;
using Latchkey.Features.Contacts;
using Latchkey.Features.Contacts.Import;
using Latchkey.Features.Emails;
using Latchkey.Features.Facilities;
using Latchkey.Features.Home;
using Latchkey.Features.ImportJobs;
using Latchkey.Features.Retention;
using Latchkey.Features.SignIn.Staff;
using Latchkey.Features.Staff;
using Latchkey.Features.Staff.Mails;
using Latchkey.Features.Storefronts;
using Latchkey.Features.Subscriptions;
using Latchkey.Features.SuppressedAddresses;
using Latchkey.Features.Units;
using Latchkey.Platform.Mail;
using Latchkey.Platform.Staff;
using Latchkey.Platform.Web;

namespace Latchkey.Hosting;

/// <summary>The business's own side.</summary>
internal static class ConsoleServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StaffMembers>();
        services.AddSingleton<EditStorefront>().AddSingleton<ChangeLogo>().AddSingleton<StorefrontHosts>().AddSingleton<SenderRecords>().AddSingleton<SenderHealth>().AddSingleton<DnsTxt>();
        services.AddSingleton<AddStaff>().AddSingleton<ChangeStaff>().AddSingleton<Team>().AddSingleton<SetUp>().AddSingleton<MailKind, InvitationMail>();
        services.AddSingleton<FindContacts>().AddSingleton<FindContact>().AddSingleton<FollowLink>().AddSingleton<EditContact>();
        services.AddSingleton<FindCustomers>().AddSingleton<FindAccount>().AddSingleton<WaitingWork>().AddSingleton<RevokeSessions>().AddSingleton<DisableAccount>().AddSingleton<ReplaceEmail>().AddSingleton<MailKind, EmailReplacedMail>();
        services.AddSingleton<FindLinkHolder>().AddSingleton<FindSubscriptions>();
        services.AddSingleton<FacilitiesOfOrganization>().AddSingleton<FindMails>().AddSingleton<ReadMail>().AddSingleton<ResendMail>().AddSingleton<ExportMails>();
        services.AddSingleton<Features.Units.Stock>().AddSingleton<ChangeStock>().AddSingleton<ChangeOptions>().AddSingleton<StartSubscription>().AddSingleton<EndSubscription>();
        services.AddSingleton<FindSuppressions>();
        services.AddSingleton<CheckContacts>().AddSingleton<ImportFiles>().AddSingleton<UploadImport>().AddSingleton<DecideImport>().AddSingleton<FindImports>();
        services.AddSingleton<UndoImport>().AddSingleton<ForgetImports>().AddSingleton<ImportSignal>().AddHostedService<ImportWorker>();
        services.AddSingleton<RetentionSettings>().AddSingleton<ChangeRetention>().AddSingleton<ForgetOld>();
        services.AddSingleton<FindActivity>().AddSingleton<ExportActivity>();
        services.AddSingleton<ApprovalList>().AddSingleton<ApprovalWords>().AddSingleton<ApprovalEvents>().AddSingleton<MailKind, ApprovalMail>();
        services.AddSingleton<RequestApproval>().AddSingleton<DecideApproval>().AddSingleton<CarryOut>().AddSingleton<MergeAccounts>().AddSingleton<UndoMerge>().AddSingleton<ForgetMerged>();
    }
}
