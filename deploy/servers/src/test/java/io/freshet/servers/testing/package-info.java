/**
 * Real servers for the tests of every module: a Kafka broker and a Redis server on free ports of
 * 127.0.0.1. A module that uses them declares {@code servers} and its {@code test-jar}, both with
 * scope test, and a Kafka client of its choice.
 */
@NullMarked
package io.freshet.servers.testing;

import org.jspecify.annotations.NullMarked;
