package io.freshet.platform.web;

/** The server was told to listen where others than this machine could reach it. */
final class NonLoopbackAddressException extends RuntimeException {
  private final String address;

  NonLoopbackAddressException(String address) {
    super("Cannot listen on " + address + ": it is not a loopback address");
    this.address = address;
  }

  String address() {
    return address;
  }
}
