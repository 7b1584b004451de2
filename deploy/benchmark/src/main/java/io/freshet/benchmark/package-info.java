/** What an event and a read cost in the kernel, and in other ways to keep the same windows. */
@NullMarked
package io.freshet.benchmark;

import org.jspecify.annotations.NullMarked;
