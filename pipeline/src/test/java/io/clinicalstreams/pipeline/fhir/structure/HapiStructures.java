package io.clinicalstreams.pipeline.fhir.structure;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.IRuntimeDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildContainedResources;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.context.RuntimeResourceBlockDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import io.clinicalstreams.topics.wire.R4Structures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.translate.EntityArrays;
import org.hl7.fhir.utilities.xhtml.XhtmlParser;

/** Writes R4's structures, as HAPI's model has them, in the form that {@link R4Structures} reads. */
final class HapiStructures {

    private final FhirContext hapi = FhirContext.forR4Cached();
    private final SortedMap<String, String> structures = new TreeMap<>();
    private final SortedMap<String, String> valueSets = new TreeMap<>();

    String text() {
        valueSets.put(R4Structures.HTML_ENTITIES, entities());
        structures.put("Element", "id:string extension*:Extension");
        String unused = type(hapi.getElementDefinition("Extension"));
        hapi.getResourceTypes().forEach(type -> add(hapi.getResourceDefinition(type)));
        return Stream.of(valueSets, structures)
                .flatMap(lines -> lines.entrySet().stream())
                .map(line -> line.getKey() + ' ' + line.getValue() + '\n')
                .collect(Collectors.joining());
    }

    private String add(BaseRuntimeElementCompositeDefinition<?> definition) {
        String name = name(definition);
        if (structures.putIfAbsent(name, "") == null) {
            structures.put(name, elements(definition));
        }
        return name;
    }

    private static String name(BaseRuntimeElementCompositeDefinition<?> definition) {
        Class<?> type = definition.getImplementingClass();
        return definition instanceof RuntimeResourceBlockDefinition
                ? type.getEnclosingClass().getSimpleName() + '.' + type.getSimpleName()
                : definition.getName();
    }

    private String elements(BaseRuntimeElementCompositeDefinition<?> definition) {
        Map<String, String> elements = new LinkedHashMap<>();
        if (definition instanceof RuntimeResourceDefinition) {
            elements.put("resourceType", "resourceType!:resourceType");
        } else {
            elements.put("id", "id:string");
            elements.put("extension", "extension*:Extension");
        }
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            elements.putIfAbsent(child.getElementName(), element(child));
        }
        return String.join(" ", elements.values());
    }

    private String element(BaseRuntimeChildDefinition child) {
        String name = child.getElementName();
        boolean isMany = child.getMax() != 1;
        String mark = child.getMin() > 0 ? isMany ? "+" : "!" : isMany ? "*" : "";
        if (name.equals("extension") || name.equals("modifierExtension")) {
            return name + mark + ":Extension";
        }
        return child instanceof RuntimeChildChoiceDefinition choice
                ? name + "[x]" + mark + ':' + choices(name, choice)
                : name + mark + ':' + type(name, child);
    }

    private String choices(String name, RuntimeChildChoiceDefinition choice) {
        TreeSet<String> types = new TreeSet<>();
        for (String form : choice.getValidChildNames()) {
            String type = type(choice.getChildByName(form));
            // HAPI also takes other names, of profiles and of resources that a reference may have.
            if (R4Structures.formOf(name + "[x]", type).equals(form)) {
                types.add(type);
            }
        }
        return String.join("|", types);
    }

    private String type(String name, BaseRuntimeChildDefinition child) {
        if (child instanceof RuntimeChildContainedResources || child instanceof RuntimeChildDirectResource) {
            return "Resource";
        }
        if (child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition coded) {
            return valueSet(coded.getBoundEnumType());
        }
        return child instanceof RuntimeChildResourceDefinition
                ? type(hapi.getElementDefinition("Reference"))
                : type(child.getChildByName(name));
    }

    private String type(BaseRuntimeElementDefinition<?> definition) {
        if (definition instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            Class<?> profileOf =
                    definition instanceof IRuntimeDatatypeDefinition datatype ? datatype.getProfileOf() : null;
            return profileOf == null
                    ? add(composite)
                    : type(hapi.getElementDefinition(
                            profileOf.asSubclass(org.hl7.fhir.instance.model.api.IBase.class)));
        }
        return definition.getName();
    }

    private String valueSet(Class<? extends Enum<?>> codes) {
        String name = '@' + codes.getEnclosingClass().getSimpleName() + '.' + codes.getSimpleName();
        valueSets.computeIfAbsent(name, unused -> Stream.of(codes.getEnumConstants())
                .filter(code -> !code.name().equals("NULL"))
                .map(HapiStructures::code)
                .collect(Collectors.joining(" ")));
        return name;
    }

    private static String code(Enum<?> constant) {
        try {
            return (String) constant.getDeclaringClass().getMethod("toCode").invoke(constant);
        } catch (ReflectiveOperationException notAnEnumerationOfHapi) {
            throw new LinkageError(notAnEnumerationOfHapi.getMessage(), notAnEnumerationOfHapi);
        }
    }

    /** HTML 4's names of characters, as far as HAPI's parser knows them. */
    private static String entities() {
        return Stream.of(
                        EntityArrays.BASIC_ESCAPE,
                        EntityArrays.APOS_ESCAPE,
                        EntityArrays.ISO8859_1_ESCAPE,
                        EntityArrays.HTML40_EXTENDED_ESCAPE)
                .flatMap(escapes -> escapes.values().stream())
                .map(escape -> escape.toString().replaceAll("[&;]", ""))
                .filter(HapiStructures::isKnown)
                .sorted()
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static boolean isKnown(String entity) {
        try {
            return new XhtmlParser().parse("<div>&" + entity + ";</div>", "div") != null;
        } catch (Exception unknown) {
            return false;
        }
    }
}
