using OriginWatch.Conformance;

return CommandLine.Run(args, Console.Out, Console.Error, TimeProvider.System);
