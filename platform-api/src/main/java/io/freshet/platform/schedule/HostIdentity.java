package io.freshet.platform.schedule;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where processes see each other by their ids: a machine since its start, and of its containers
 * one. A name alone is no such thing, as another container may get it.
 */
final class HostIdentity {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  private HostIdentity() {}

  /** {@code name/boot/process namespace}, or as much of it as this system tells. */
  static String own() {
    return name() + boot() + processes();
  }

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }

  private static String boot() {
    try {
      return "/" + Files.readString(BOOT).strip();
    } catch (IOException notLinux) {
      return "";
    }
  }

  private static String processes() {
    try {
      return "/" + Files.readSymbolicLink(PROCESSES);
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "";
    }
  }
}
