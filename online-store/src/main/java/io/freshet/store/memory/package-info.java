/** The online store inside one process: for tests, notebooks and a platform without Redis. */
@NullMarked
package io.freshet.store.memory;

import org.jspecify.annotations.NullMarked;
