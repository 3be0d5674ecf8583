/**
 * The commands, their options and their help, for commander. What a command does is in `commands/`, loaded
 * when it is called.
 */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Overrides } from "./config.js";
import { clientTargets } from "./config/settings.js";
import type { Host } from "./host.js";
import { exportForms, type ExportForm } from "./export-forms.js";
import type { ExitCode, Installation } from "./installation.js";
import { reportFormats } from "./report/report.js";
import { toFlag, toList, toText, toWord, type OptionValues } from "./options.js";
import { UsageError } from "./usage.js";

export type Program = { run(argv: readonly string[]): Promise<ExitCode> };

export function createProgram(host: Host, installation: Installation): Program {
  let exit: ExitCode = 0;
  const { terminal } = host;
  const program = new Command("mizan");
  program
    .description(
      "One contract in KDL; typed handlers, a typed client, and screens that are never stale.",
    )
    .version(installation.version, "-v, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      // Errors are reported as diagnostics, by whoever catches them.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(terminal.width, 100),
      getErrHelpWidth: () => Math.min(terminal.width, 100),
    })
    .addHelpText("after", examples("mizan init", "mizan gen --watch", "mizan explain MZ2001"));

  command("init", "set up a project that runs; never overwrites anything")
    .argument("[dir]", "folder to set up", ".")
    .option("-q, --quiet", "print only problems")
    .addHelpText("after", examples("mizan init", "mizan init shop"))
    .action(async (dir: string, values: OptionValues) => {
      const { init } = await import("./commands/init.js");
      exit = await init(host, installation, { dir, quiet: toFlag(values, "quiet") });
    });

  withConfiguration(command("gen", "write server, client and handlers from the contract"))
    .option("-w, --watch", "run again on every change, until interrupted")
    .option("--check", "write nothing; fail if anything would change")
    .option("--dry-run", "write nothing; list what would be done")
    .option("--diff", "show what changes")
    .option("--force", "replace generated files that were edited, keeping a copy of each")
    .option("--no-cache", "read and check everything, whatever earlier runs have noted")
    .option("--stats", "print how long each stage took")
    .option("--json", "print the result as JSON")
    .option("-q, --quiet", "print only problems")
    .addHelpText(
      "after",
      examples(
        "mizan gen",
        "mizan gen --watch",
        "mizan gen --check --diff",
        "mizan gen --contract api --client web/src/mizan --target react",
      ),
    )
    .action(async (values: OptionValues) => {
      const { gen } = await import("./commands/gen.js");
      exit = await gen(host, installation, {
        overrides: toOverrides(values),
        watch: toFlag(values, "watch"),
        check: toFlag(values, "check"),
        dryRun: toFlag(values, "dryRun"),
        diff: toFlag(values, "diff"),
        force: toFlag(values, "force"),
        cache: toFlag(values, "cache"),
        stats: toFlag(values, "stats"),
        json: toFlag(values, "json"),
        quiet: toFlag(values, "quiet"),
      });
    });

  command("check", "report what is wrong with the contract")
    .argument("[contract]", "folder, file, or - for standard input; default: as configured")
    .addOption(
      new Option("-f, --format <format>", "form of the report")
        .choices(reportFormats)
        .default("pretty"),
    )
    .addOption(
      new Option("--max-warnings <count>", "fail when there are more warnings").argParser(toNumber),
    )
    .option("--config <file>", "configuration to use")
    .option("-q, --quiet", "print only problems")
    .addHelpText(
      "after",
      examples("mizan check", "mizan check contract/shop.kdl", "mizan check --format github"),
    )
    .action(async (path: string | undefined, values: OptionValues) => {
      const { check } = await import("./commands/check.js");
      const most = values["maxWarnings"];
      exit = check(host, installation, {
        path: path ?? null,
        config: toText(values, "config"),
        format: toWord(values, "format", reportFormats) ?? "pretty",
        maxWarnings: typeof most === "number" ? most : null,
        quiet: toFlag(values, "quiet"),
      });
    });

  command("canon", "print the contract in its normal form")
    .argument("[contract]", "folder, file, or - for standard input; default: as configured")
    .option("--full", "with everything that only Mizan knows")
    .option("--hash", "print the contract's hash instead")
    .option("--config <file>", "configuration to use")
    .addHelpText(
      "after",
      examples("mizan canon", "mizan canon --full contract", "mizan canon --hash"),
    )
    .action(async (path: string | undefined, values: OptionValues) => {
      const { canon } = await import("./commands/canon.js");
      exit = canon(host, {
        path: path ?? null,
        config: toText(values, "config"),
        full: toFlag(values, "full"),
        hash: toFlag(values, "hash"),
      });
    });

  command("export", "print what others than Mizan read of the contract")
    .addArgument(
      new Argument(
        "<form>",
        "manifest: contexts and what makes them stale, for a cache in front",
      ).choices(exportForms),
    )
    .argument("[contract]", "folder, file, or - for standard input; default: as configured")
    .option("-o, --output <file>", "write it there instead of printing it")
    .option("--config <file>", "configuration to use")
    .addHelpText(
      "after",
      examples("mizan export manifest", "mizan export manifest contract -o dist/edge.json"),
    )
    .action(async (form: ExportForm, path: string | undefined, values: OptionValues) => {
      const { exportContract } = await import("./commands/export.js");
      exit = exportContract(host, {
        form,
        path: path ?? null,
        config: toText(values, "config"),
        output: toText(values, "output"),
      });
    });

  command("explain", "explain a diagnostic")
    .argument("<code>", "a code such as MZ2001, or its name")
    .addHelpText("after", examples("mizan explain MZ2001", "mizan explain unknown-context"))
    .action(async (code: string) => {
      const { explain } = await import("./commands/explain.js");
      exit = explain(host, installation, code);
    });

  command("help", "print this, or the help of a command")
    .addArgument(new Argument("[command]").choices(program.commands.map((known) => known.name())))
    .addHelpText("after", examples("mizan help", "mizan help gen"))
    .action((name: string | undefined) => {
      (program.commands.find((known) => known.name() === name) ?? program).outputHelp();
    });

  return {
    async run(argv) {
      if (argv.length === 0) {
        terminal.out(program.helpInformation());
        return 2;
      }
      try {
        await program.parseAsync(argv, { from: "user" });
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error;
        if (error.exitCode !== 0) throw toUsageError(error);
      }
      return exit;
    },
  };

  function command(name: string, description: string): Command {
    return program.command(name).description(description).allowExcessArguments(false);
  }
}

/** The options that stand for the values of a configuration. */
function withConfiguration(command: Command): Command {
  return command
    .option("--config <file>", "configuration to use; default: mizan.config.kdl, found upward")
    .option("--contract <path>", "folder of .kdl files, or one file")
    .option("--server <folder>", "where the server goes")
    .option("--handlers <folder>", "where handlers are created")
    .option("--client <folder>", "where a client goes; may be repeated", toMore, [])
    .addOption(
      new Option("--target <target>", "what clients are made for; may be repeated")
        .choices(clientTargets)
        .default([])
        .argParser(toTargets),
    )
    .addOption(
      new Option("--format <format>", "whose layout generated code has").choices([
        "prettier",
        "none",
      ]),
    )
    .option("--allow-outside", "let paths leave the project");
}

function toOverrides(values: OptionValues): Overrides {
  return {
    config: toText(values, "config"),
    contract: toText(values, "contract"),
    server: toText(values, "server"),
    handlers: toText(values, "handlers"),
    clients: toList(values, "client"),
    targets: clientTargets.filter((target) => toList(values, "target").includes(target)),
    format: toWord(values, "format", ["prettier", "none"]),
    allowOutside: toFlag(values, "allowOutside"),
  };
}

function toTargets(value: string, before: readonly string[]): readonly string[] {
  if (clientTargets.some((target) => target === value)) return toMore(value, before);
  throw new InvalidArgumentError(`Allowed choices are ${clientTargets.join(", ")}.`);
}

function toMore(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function toNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("A whole number is needed.");
  return Number(value);
}

/** commander's message as ours: `error: unknown option '--chekc'\n(Did you mean --check?)`. */
function toUsageError(error: CommanderError): UsageError {
  const [first = "", ...rest] = error.message.split("\n");
  const problem = first.replace(/^error: /, "");
  const hint = rest.join(" ").replace(/^\(|\)$/g, "");
  if (hint !== "") return new UsageError(problem, hint);
  return new UsageError(
    problem,
    // All others that read a contract take it as an argument.
    problem.startsWith("too many arguments for 'gen'")
      ? "name the contract with `--contract`"
      : "`mizan --help` lists commands, `mizan gen --help` the options of one",
  );
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}
