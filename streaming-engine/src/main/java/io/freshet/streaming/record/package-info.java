/**
 * How records travel between operators and rest in state: hand-written serializers, no reflection.
 */
@NullMarked
package io.freshet.streaming.record;

import org.jspecify.annotations.NullMarked;
