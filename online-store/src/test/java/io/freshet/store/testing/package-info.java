/**
 * What tests of online stores share: a real Redis server and the contract that every store keeps.
 */
@NullMarked
package io.freshet.store.testing;

import org.jspecify.annotations.NullMarked;
