package io.freshet.local.command;

import io.freshet.local.platform.Preflight.MemoryRule;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the platform is started. */
final class StartOptions {
  @Mixin final PlatformOptions platform = new PlatformOptions();

  @Option(
      names = "--ignore-memory",
      description = "Start although little memory is available.",
      defaultValue = "${env:FRESHET_IGNORE_MEMORY:-false}")
  private boolean ignoreMemory;

  MemoryRule memoryRule() {
    return ignoreMemory ? MemoryRule.IGNORE : MemoryRule.REFUSE;
  }
}
