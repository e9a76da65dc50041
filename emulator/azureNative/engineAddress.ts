// The SDK reads the address of the engine's log when it is loaded, and plugins get it as their last argument.
process.env.PULUMI_NODEJS_ENGINE ||= process.argv[process.argv.length - 1];
