/**
 * The demo, {@code mvn -Pdemo}: Keycloak with the realm {@code demo}, and beside it one small site with an application,
 * the mails that Keycloak sends, and a page to try one-time codes. No part of it is in the provider jar.
 */
package io.github.totpguard.demo;
