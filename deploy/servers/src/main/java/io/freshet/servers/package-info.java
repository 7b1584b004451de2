/** Kafka and Redis as processes of this machine, on loopback, with data that survives a restart. */
@NullMarked
package io.freshet.servers;

import org.jspecify.annotations.NullMarked;
