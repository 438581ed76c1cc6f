<#--
    Macros that the pages of TOTP Guard share. A page imports this file as "guard".

    If a theme has the macros of field.ftl (keycloak.v2 and its children), it draws the frame of a field itself and needs its input class on
    a <span> around the input. For any other theme (keycloak, base, a custom theme), the frame comes from here and the class is on the
    input. Every theme property is optional.
-->
<#assign fieldTemplate = .get_optional_template("field.ftl")>
<#if fieldTemplate.exists>
    <#assign field = fieldTemplate.import()>
</#if>
<#assign themeDrawsFields = (field.group)?? && field.group?is_macro>

<#--
    The language of our texts. It differs from the page's if there is no file for the page's language: then Keycloak takes our texts in the
    realm's default language, or in English, and its own texts in the page's language. Both are marked then, so that a screen reader changes
    its voice, and the browser the direction. A region makes no difference: texts in de on a page in de-AT are in its language.
-->
<#assign ourLanguage = msg("totpGuard.language")>
<#assign pageLanguage = lang!ourLanguage>
<#assign isFallback = pageLanguage != ourLanguage && !pageLanguage?starts_with(ourLanguage + "-")>

<#macro inOurLanguage>lang="${ourLanguage}" dir="${["ar", "fa"]?seq_contains(ourLanguage)?then("rtl", "ltr")}"</#macro>
<#macro inPageLanguage>lang="${pageLanguage}" dir="${((locale.rtl)!false)?then("rtl", "ltr")}"</#macro>

<#-- The title of a page, for the section "header". -->
<#macro title>
    <#if isFallback><span <@inOurLanguage/>><#nested></span><#else><#nested></#if>
</#macro>

<#-- All that a page adds, for the section "form". The assets are in the body, because no template.ftl lets a page add to its head. -->
<#macro content>
    <link rel="stylesheet" href="${url.resourcesPath}/totp-guard/totp-guard.css">
    <script type="module" src="${url.resourcesPath}/totp-guard/totp-guard.js"></script>
    <#if isFallback><div <@inOurLanguage/>><#nested></div><#else><#nested></#if>
</#macro>

<#-- A text of Keycloak's inside of our content. -->
<#function keycloaks key>
    <#if !isFallback>
        <#return msg(key)>
    </#if>
    <#local marked><span <@inPageLanguage/>>${msg(key)}</span></#local>
    <#return marked>
</#function>

<#-- If the theme draws fields, Keycloak's field with the user's name has no label of its own. For the section "show-username". -->
<#macro nameOfUser>
    <#if themeDrawsFields>
        <label class="totp-guard-spoken" for="kc-attempted-username">${msg("username")}</label>
    </#if>
</#macro>

<#--
    A one-time code. No maxlength: it would cut a pasted "123 456". If "digits" is given, the script sends a pasted code of so many digits;
    "note" says so, and the script shows it. "instructions" is the id of a text that a screen reader reads with the field if there is no
    error.
-->
<#macro codeField name error="" required=false autofocus=false digits=0 note="" instructions="">
    <@group name=name label=msg("totpGuard.code.label") hint=msg("totpGuard.code.hint") note=note error=error required=required dir="ltr">
        <input type="text" id="${name}" name="${name}" class="${inputClass()}" dir="ltr"
               autocomplete="one-time-code" inputmode="numeric" autocapitalize="none" spellcheck="false"
               <#if required>required</#if> <#if autofocus>autofocus</#if> <#if (digits > 0)>data-digits="${digits?c}"</#if>
               aria-invalid="${error?has_content?c}"
               aria-describedby="<#if error?has_content>input-error-${name} <#elseif instructions?has_content>${instructions} </#if>input-hint-${name}">
    </@group>
</#macro>

<#-- The hint says which code is needed: any of our own codes, or the next one of Keycloak's. -->
<#function backupCodeHint>
    <#return totpGuardBackupCode.inOrder?then(msg("totpGuard.backupCode.hintInOrder", totpGuardBackupCode.number?c), msg("totpGuard.backupCode.hint"))>
</#function>

<#-- One of the codes on the user's list. The keyboard is the normal one, in capitals. -->
<#macro backupCodeField hint error="" autofocus=false>
    <@group name="backupCode" label=msg("totpGuard.backupCode.label") hint=hint error=error dir="ltr">
        <input type="text" id="backupCode" name="backupCode" class="${inputClass()}" dir="ltr"
               autocomplete="off" autocapitalize="characters" spellcheck="false" <#if autofocus>autofocus</#if>
               aria-invalid="${error?has_content?c}"
               aria-describedby="<#if error?has_content>input-error-backupCode </#if>input-hint-backupCode">
    </@group>
</#macro>

<#-- Shown after some wrong codes, with the same text whatever the codes were. -->
<#macro codeHint>
    <#if totpGuardHint??>
        <div id="totp-guard-code-hint" class="totp-guard-hints" role="status">
            <p>${msg("totpGuard.hint.title")}</p>
            <ul>
                <li>${msg("totpGuard.hint.clock")}</li>
                <li>${msg("totpGuard.hint.twoCodes")}</li>
            </ul>
        </div>
    </#if>
</#macro>

<#macro textField name label value="" error="" maxlength=64 autofocus=false>
    <@group name=name label=label error=error>
        <input type="text" id="${name}" name="${name}" value="${value}" class="${inputClass()}"
               autocomplete="off" maxlength="${maxlength?c}" <#if autofocus>autofocus</#if>
               aria-invalid="${error?has_content?c}"
               <#if error?has_content>aria-describedby="input-error-${name}"</#if>>
    </@group>
</#macro>

<#function inputClass>
    <#return themeDrawsFields?then("", properties.kcInputClass!"")>
</#function>

<#function groupClass>
    <#return themeDrawsFields?then("", "totp-guard-field ") + properties.kcFormGroupClass!"">
</#function>

<#--
    Label, hint, note and error around the nested input. The error element is #input-error-NAME, as in field.ftl. If an input has its own text
    direction, its frame must have the same one, or the error icon covers the text.
-->
<#macro group name label hint="" note="" error="" required=false dir="">
    <#if themeDrawsFields>
        <@field.group name=name label=label error=error required=required>
            <@hintOf name=name hint=hint note=note/>
            <span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>"<#if dir?has_content> dir="${dir}"</#if>>
                <#nested>
                <#if field.errorIcon??><@field.errorIcon error=error/></#if>
            </span>
        </@field.group>
    <#else>
        <div class="${groupClass()}">
            <div class="${properties.kcLabelWrapperClass!}">
                <label for="${name}" class="${properties.kcLabelClass!}">${label}</label>
                <#if required><span class="required" aria-hidden="true">*</span></#if>
            </div>
            <div class="${properties.kcInputWrapperClass!}">
                <@hintOf name=name hint=hint note=note/>
                <#nested>
                <div aria-live="polite">
                    <#if error?has_content>
                        <span id="input-error-${name}" class="totp-guard-error ${properties.kcInputErrorMessageClass!}">${error}</span>
                    </#if>
                </div>
            </div>
        </div>
    </#if>
</#macro>

<#-- A note is true only if the script runs, so the script shows it. -->
<#macro hintOf name hint note>
    <#if hint?has_content>
        <p id="input-hint-${name}" class="totp-guard-hint">${hint}</p>
    </#if>
    <#if note?has_content>
        <p id="input-note-${name}" class="totp-guard-hint" hidden>${note}</p>
    </#if>
</#macro>

<#-- Uses the theme's own macro if it has one. It is loaded here because most pages do not need it. -->
<#macro logoutOtherSessions>
    <#local passwordTemplate = .get_optional_template("password-commons.ftl")>
    <#if passwordTemplate.exists>
        <#local passwordCommons = passwordTemplate.import()>
    </#if>
    <div class="${groupClass()}"<#if isFallback> <@inPageLanguage/></#if>>
        <#if (passwordCommons.logoutOtherSessions)?? && passwordCommons.logoutOtherSessions?is_macro>
            <@passwordCommons.logoutOtherSessions/>
        <#else>
            <div class="${properties.kcFormOptionsClass!}">
                <input type="checkbox" id="logout-sessions" name="logout-sessions" value="on">
                <label for="logout-sessions">${msg("logoutOtherSessions")}</label>
            </div>
        </#if>
    </div>
</#macro>

<#--
    The submit button and, if an application requested the action, Cancel. The submit button comes first, because Enter in a field presses
    the first button. If "cancelAs" is given, Cancel belongs to the page: it sends that field, and the login continues.
-->
<#macro actions label id name="" value="" cancel=false cancelAs="">
    <div class="${groupClass()}">
        <div class="${properties.kcFormActionGroupClass!"totp-guard-actions"} ${properties.kcFormButtonsClass!}">
            <button type="submit" id="${id}" <#if name?has_content>name="${name}"</#if> <#if value?has_content>value="${value}"</#if>
                    class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${label}</button>
            <#if cancelAs?has_content || (cancel && isAppInitiatedAction??)>
                <button type="submit" id="totp-guard-cancel" name="${cancelAs?has_content?then(cancelAs, "cancel-aia")}" value="true" formnovalidate
                        class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${keycloaks("doCancel")}</button>
            </#if>
        </div>
    </div>
</#macro>

<#macro checkbox name label error="">
    <div class="${groupClass()}">
        <div class="totp-guard-checkbox ${properties.kcFormOptionsClass!}">
            <input type="checkbox" id="${name}" name="${name}" value="true"
                   <#if error?has_content>aria-invalid="true" aria-describedby="input-error-${name}" autofocus</#if>>
            <label for="${name}">${label}</label>
        </div>
        <#if error?has_content>
            <div aria-live="polite"><span id="input-error-${name}" class="totp-guard-error ${properties.kcInputErrorMessageClass!}">${error}</span></div>
        </#if>
    </div>
</#macro>

<#-- A button that Enter does not press. -->
<#macro secondary label id name value="true">
    <div class="${groupClass()}">
        <button type="submit" id="${id}" name="${name}" value="${value}"
                class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${label}</button>
    </div>
</#macro>

<#-- Opens the name of a device. A screen reader user hears which device, as several buttons have the same text. -->
<#macro renameDevice device number>
    <button type="submit" id="totp-guard-rename-${number?c}" name="rename" value="${device.id}" formnovalidate
            aria-label="${msg("totpGuard.rename.openOf", device.label)}"
            class="totp-guard-rename ${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!}">${msg("totpGuard.rename.open")}</button>
</#macro>

<#-- The user's devices by name, inside a form. -->
<#macro deviceList devices>
    <#if devices?has_content>
        <div id="totp-guard-devices">
            <p id="totp-guard-devices-title">${msg("totpGuard.setup.devices")}</p>
            <ul class="totp-guard-devices" aria-labelledby="totp-guard-devices-title">
                <#list devices as device>
                    <li class="totp-guard-device"><bdi>${device.label}</bdi> <@renameDevice device=device number=device?counter/></li>
                </#list>
            </ul>
        </div>
    </#if>
</#macro>

<#--
    A direct link to one of the user's other ways of signing in. Keycloak's page that lists them all is behind "Try another way"; in
    keycloak.v2 its choices cannot be operated with the keyboard.
-->
<#macro insteadOfThis authenticators label id>
    <#list (auth.authenticationSelections)![] as way>
        <#if authenticators?seq_contains(way.authenticationExecution.authenticator)>
            <form class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <@secondary label=label id=id name="authenticationExecution" value=way.authExecId/>
            </form>
            <#break>
        </#if>
    </#list>
</#macro>

<#-- The same for a page that accepts either: there is no other step to switch to. -->
<#macro changeOnPage label id name>
    <form class="totp-guard ${properties.kcFormClass!}" action="${url.loginAction}" method="post">
        <@secondary label=label id=id name=name/>
    </form>
</#macro>

<#-- The link to backup codes on a page that asks for a one-time code. -->
<#macro useBackupCode>
    <#if totpGuardTakesBackupCode!false>
        <@changeOnPage label=msg("totpGuard.code.useBackupCode") id="totp-guard-use-backup-code" name="useBackupCode"/>
    <#else>
        <@insteadOfThis authenticators=["totp-guard-backup-code-form", "auth-recovery-authn-code-form"] label=msg("totpGuard.code.useBackupCode") id="totp-guard-use-backup-code"/>
    </#if>
</#macro>

<#macro warning id>
    <div id="${id}" class="totp-guard-warning alert-warning ${properties.kcAlertClass!} pf-m-warning">
        <div class="${properties.kcAlertIconClass!"pf-c-alert__icon"}"><span class="${properties.kcFeedbackWarningIcon!}" aria-hidden="true"></span></div>
        <p class="${properties.kcAlertTitleClass!}"><#nested></p>
    </div>
</#macro>
