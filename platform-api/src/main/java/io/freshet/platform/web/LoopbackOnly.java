package io.freshet.platform.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/** Refuses to start on an address that other machines can reach: requests are not authenticated. */
@Component
class LoopbackOnly
    implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory>, Ordered {
  private final @Nullable InetAddress server;
  private final @Nullable InetAddress management;

  LoopbackOnly(
      @Value("${server.address:#{null}}") @Nullable InetAddress server,
      @Value("${management.server.address:#{null}}") @Nullable InetAddress management) {
    this.server = server;
    this.management = management;
  }

  @Override
  public void customize(ConfigurableServletWebServerFactory factory) {
    refuseUnlessLoopback(server);
    if (management != null) {
      refuseUnlessLoopback(management);
    }
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  private static void refuseUnlessLoopback(@Nullable InetAddress address) {
    if (address == null || !address.isLoopbackAddress()) {
      throw new NonLoopbackAddressException(
          address == null ? "all addresses" : address.getHostAddress());
    }
  }
}
