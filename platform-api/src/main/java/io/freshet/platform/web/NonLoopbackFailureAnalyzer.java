package io.freshet.platform.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the server does not start on another address than loopback. */
class NonLoopbackFailureAnalyzer extends AbstractFailureAnalyzer<NonLoopbackAddressException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NonLoopbackAddressException cause) {
    return new FailureAnalysis(
        "Freshet was told to listen on "
            + cause.address()
            + ". Its requests are not authenticated yet, so it serves this machine only.",
        "Set server.address to 127.0.0.1 or ::1. Where other machines must reach it, put a proxy"
            + " that authenticates in front of it.",
        cause);
  }
}
