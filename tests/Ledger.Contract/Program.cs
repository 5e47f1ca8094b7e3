using MaySend.Ledger.Contract;
using MaySend.Ledger.Contract.Stores;

// The suite runs itself a second time as the process that is killed, or that writes beside another.
if (args is [OtherWriter.Switch, var kind, var address, var keyFile, var name, var count])
    return await OtherWriter.WriteAsync(kind, address, keyFile, name, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
if (args.Any(argument => argument is "-automated" or "@@"))
    return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
