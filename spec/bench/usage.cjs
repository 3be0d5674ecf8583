// Loaded into a measured process by --require: writes what it used, as JSON, when it ends.
process.on("exit", () => {
  const used = process.resourceUsage();
  require("node:fs").writeFileSync(
    process.env.MIZAN_BENCH_USAGE,
    JSON.stringify({
      cpuMs: (used.userCPUTime + used.systemCPUTime) / 1000,
      peakMb: used.maxRSS / 1024,
    }),
  );
});
