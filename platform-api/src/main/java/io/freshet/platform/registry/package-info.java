/** The definitions that users register, versioned, with the plan and route of every view. */
@NullMarked
package io.freshet.platform.registry;

import org.jspecify.annotations.NullMarked;
