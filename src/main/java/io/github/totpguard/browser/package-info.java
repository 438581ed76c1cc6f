/** What runs in the browser: compiled to JavaScript by the build, and no part of the jar's classes. */
package io.github.totpguard.browser;
