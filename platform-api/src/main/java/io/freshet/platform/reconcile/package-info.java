/** Keeps one streaming job a source and delivery guarantee going, by stored intent. */
@NullMarked
package io.freshet.platform.reconcile;

import org.jspecify.annotations.NullMarked;
